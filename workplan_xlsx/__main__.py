"""`python -m workplan_xlsx` is `workplan`."""

from workplan_xlsx.cli import main

main()
