package printer

// Advice gives what the log says to do about a fault.
func Advice(fault string) string { return advice[fault] }
