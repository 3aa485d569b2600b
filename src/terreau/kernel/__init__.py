"""The few ideas everything else is said with: truth, money, rate, interval, period, words. Pure."""
