"""The look of the pages: readable on a wall, on a phone and in black and white on paper."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1f23; background: #fff;
  font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimSun", sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; } .made { color: #57606a; font-size: .9rem; }
small { color: #57606a; } ol { margin: .25rem 0 0; padding-left: 1.25rem; } ol li { font-size: .9rem; }
ul.plain { list-style: none; padding: 0; margin: 0; }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem; list-style: none;
  margin: 1rem 0; padding: 0; }
.tiles li { border: 1px solid #d0d7de; border-radius: .4rem; padding: .4rem .2rem; text-align: center; }
.tiles b { display: block; font-size: 1.7rem; line-height: 1.2; }
.mark { display: inline-block; border-radius: .3rem; padding: 0 .4rem; white-space: nowrap;
  border: 1px solid #0003; }
.good { background: #DDEFE3; color: #14532D; } .slow { background: #FFD34D; color: #4A3500; }
.bad { background: #B3261E; color: #fff; } .none { background: #ECEFF1; color: #37474F; }
.alarm, .warning { border-left: .4rem solid #B3261E; background: #FBEDEC; padding: .1rem 1rem .6rem;
  margin: 1rem 0; }
.warning { border-color: #FFD34D; background: #FFF9E5; }
.alarm h2, .warning h2 { margin-top: .5rem; } .alarm ul, .warning ul { margin: 0; padding-left: 1.2rem; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 1px solid #d0d7de; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #F2F4F6; white-space: nowrap; } tbody th { font-weight: 600; min-width: 10rem; }
td.received_at { min-width: 6.5rem; } td.times_returned { min-width: 5rem; } td.lights { min-width: 13rem; }
footer { margin-top: 2rem; border-top: 1px solid #d0d7de; padding-top: .5rem; color: #57606a;
  font-size: .9rem; }
@media (max-width: 40rem) {
  body { padding: .75rem; } thead { display: none; }
  table, tbody, tr, tbody th, tbody td { display: block; width: 100%; }
  tr { border: 1px solid #d0d7de; border-radius: .4rem; margin-bottom: .6rem; padding: .3rem .5rem; }
  tbody th, tbody td { border: 0; padding: .1rem 0; min-width: 0; } tbody th { font-size: 1.05rem; }
  td::before { content: attr(data-label) "  "; color: #57606a; font-size: .9rem; }
  tbody td.empty { display: none; }
  .tiles { gap: .3rem; } .tiles b { font-size: 1.3rem; } .tiles span { font-size: .8rem; }
}
@media print {
  :root { font-size: 9pt; } body { max-width: none; padding: 0; font-size: 1rem; }
  tbody th { min-width: 9rem; } td.state { min-width: 16rem; } td.lights { min-width: 10rem; }
  .mark, .tiles li, .alarm, .warning { border: 1px solid #000; }
  .good, .slow, .bad, .none, .alarm, .warning { background: #fff; color: #000; }
  .mark { background: #fff !important; color: #000 !important; } /* the place's own colours, too */
  tr { break-inside: avoid; } thead { display: table-header-group; } @page { size: A4; margin: 15mm; }
}
"""
