"""Measures: functions from tables to tables, each stating what it counts and out of what."""
