package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"layso/configs"
)

// writeConfig writes the commented file of an installation, for who has more than a printer in software. It never
// writes over a file.
func writeConfig(_ context.Context, args []string, stdout, stderr io.Writer) error {
	var to, data, listen string
	err := flags("init", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&to, "to", "layso.yaml", "file to write")
		f.StringVar(&data, "data", "", "data folder (default: where serve keeps its data without a file)")
		f.StringVar(&listen, "listen", "", "address to listen on (default: as serve without a file)")
	})
	if err != nil {
		return err
	}
	folder, err := dataFolder(data)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("writing the file (choose another one with --to): %w", err)
	}
	if _, err := file.Write(configs.Starter(folder, listen)); err != nil {
		return errors.Join(fmt.Errorf("writing the file: %w", err), file.Close())
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("writing the file: %w", err)
	}
	fmt.Fprintf(stdout, "%s is written. Edit it, then: layso check --config %s && layso serve --config %s\n", to, to, to)
	return nil
}
