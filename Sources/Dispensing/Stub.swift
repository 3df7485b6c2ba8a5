// Dispensing
