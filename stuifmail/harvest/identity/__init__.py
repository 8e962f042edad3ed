"""Which entry is which item, over all harvests."""
