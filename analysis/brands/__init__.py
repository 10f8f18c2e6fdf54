"""Firms that carry one brand (字号): read from their names, told from strangers, homes and foundings elsewhere."""
