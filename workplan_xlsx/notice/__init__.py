"""An official notice (通知) as published -> its sections, tasks and targets."""
