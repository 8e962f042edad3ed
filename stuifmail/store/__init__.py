"""The newsroom's memory: SQLAlchemy Core tables, one module per aggregate.

Functions take an open connection and keep to one transaction; `Store.begin()` opens one.
"""
