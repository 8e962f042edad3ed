"""Frozen values of the newsroom; they know no database, network, template or clock."""
