"""The Word 通报 and 督办单 of an edition, from templates that the office may replace (extra `bulletin`)."""
