"""workplan.toml: read, held against its model, every mistake named with its place."""

from __future__ import annotations

from workplan_xlsx.config_file.reading import load_config, load_rules

__all__ = ["load_config", "load_rules"]
