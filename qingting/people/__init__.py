"""Who talks here: pseudonyms and devices."""
