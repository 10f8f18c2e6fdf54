"""Search among all firms: facets with counts, full text, pinyin; held in memory, pure."""
