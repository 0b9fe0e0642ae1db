"""The look of the pages: readable on a wall, on a phone and in black and white on paper."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1f23; background: #fff;
  font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimSun", sans-serif; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem;
  } p { margin: .25rem 0; }
small { color: #57606a; } ol { margin: .25rem 0 0; padding-left: 1.25rem; } ol li { font-size: .9rem; }
ul.plain { list-style: none; padding: 0; margin: 0; }
.tiles { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 1rem 0; padding: 0; }
.tiles li { flex: 1 1 5.5rem; border: 1px solid #d0d7de; border-radius: .4rem; padding: .4rem .6rem;
  text-align: center; }
.tiles b { display: block; font-size: 1.7rem; line-height: 1.2; }
.mark { display: inline-block; border-radius: .3rem; padding: 0 .4rem; white-space: nowrap;
  border: 1px solid #0003; }
.good { background: #DDEFE3; color: #14532D; } .slow { background: #FFD34D; color: #4A3500; }
.bad { background: #B3261E; color: #fff; } .none { background: #ECEFF1; color: #37474F; }
.alarm, .warning { border-left: .4rem solid #B3261E; background: #FBEDEC; padding: .1rem 1rem .6rem;
  margin: 1rem 0; }
.warning { border-color: #FFD34D; background: #FFF9E5; }
.alarm h2, .warning h2 { margin-top: .5rem; } .alarm ul, .warning ul { margin: 0; padding-left: 1.2rem; }
table { width: 100%; border-collapse: collapse; } th, td { border: 1px solid #d0d7de;
  padding: .3rem .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; } thead th { background: #F2F4F6; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 8rem; }
footer { margin-top: 2rem; border-top: 1px solid #d0d7de; padding-top: .5rem; color: #57606a;
  font-size: .9rem; }
@media (max-width: 40rem) {
  body { padding: .75rem; } thead { display: none; } table, tbody, tr, th, td { display: block;
  width: 100%; }
  tr { border: 1px solid #d0d7de; border-radius: .4rem; margin-bottom: .6rem; padding: .3rem .5rem; }
  th, td { border: 0; padding: .1rem 0; } tbody th { font-size: 1.05rem; }
  td::before { content: attr(data-label) "  "; color: #57606a; font-size: .9rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt;
  } .mark, .tiles li, .alarm, .warning { border: 1px solid #000; }
  .good, .slow, .bad, .none, .alarm, .warning { background: #fff; color: #000; }
  tr { break-inside: avoid; } thead { display: table-header-group; } @page { size: A4; margin: 15mm; }
}
"""
