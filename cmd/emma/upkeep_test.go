package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestABackupOfARunningServerGoesOnElsewhere(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		visitor, welcome := p.visitor(t, "", 0)
		visitor.ask("How do I change my address?")
		visitor.until(isMessage("emma"))
		file := filepath.Join(t.TempDir(), "emma.backup")
		here := append([]string{"--data", dir}, flags...)
		if code, out, errs := command(t, "", append([]string{"backup", file}, here...)...); code != 0 || !strings.Contains(out, "Wrote a backup") {
			t.Fatalf("backup gave %d %s%s", code, out, errs)
		}
		if code, _, errs := command(t, "", append([]string{"backup", file}, here...)...); code != 1 || !strings.Contains(errs, "exists already. Name another file") {
			t.Errorf("a second backup to the file gave %d %s", code, errs)
		}
		if code, _, errs := command(t, "", "restore", file, "--data", dir); code != 1 || !strings.Contains(errs, "another Emma is running") {
			t.Errorf("restoring under a running server gave %d %s", code, errs)
		}
		p.stop()

		elsewhere := t.TempDir()
		if code, out, errs := command(t, "", "restore", file, "--data", elsewhere); code != 0 || !strings.Contains(out, "Restored 1 conversation with 2 events") {
			t.Fatalf("restore gave %d %s%s", code, out, errs)
		}
		if code, _, errs := command(t, "", "restore", file, "--data", elsewhere); code != 1 || !strings.Contains(errs, "nothing is overwritten") {
			t.Errorf("restoring twice gave %d %s", code, errs)
		}
		again := start(t, elsewhere)
		back, restored := again.visitor(t, welcome.Token, 0)
		if restored.Conversation != welcome.Conversation || restored.Epoch == welcome.Epoch || restored.Seq != 2 {
			t.Errorf("after the restore: %+v, before: %+v", restored, welcome)
		}
		back.ask("How do I renew my green card?")
		back.until(func(f frame) bool { return f.Decision != nil && f.Decision.Article == "gc-renew" })
	})
}

func TestVerifyLooksAtTheIndexToo(t *testing.T) {
	dir := t.TempDir()
	verify := func() (int, string) {
		code, out, errs := command(t, "", "verify", "--data", dir)
		return code, out + errs
	}
	if code, said := verify(); code != 0 || !strings.Contains(said, "All is well") {
		t.Fatalf("verify gave %d %s", code, said)
	}
	if err := os.Mkdir(filepath.Join(dir, "index"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "index", "manifest"), "damaged")
	if code, said := verify(); code != 1 || !strings.Contains(said, "what the index holds is damaged") || !strings.Contains(said, "builds it again by itself") {
		t.Errorf("with a damaged index verify gave %d %s", code, said)
	}
}
