package link

// Check says what is wrong with an address without opening it.
func Check(spec string) error {
	_, _, err := parse(spec)
	return err
}
