package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestBrowser works the hall through its pages in a real Chromium: one browser for all, every device
// with cookies, storage and a screen of its own. A console error, an exception or a broken CSP on
// any page is a failure. LAYSO_SHOTS=FOLDER keeps a picture of every state that is looked at.
func TestBrowser(t *testing.T) {
	t.Parallel()
	browsers := make(chan *chromium, atOneTime) // each story has one of its own
	for range cap(browsers) {
		browsers <- startChromium(t)
	}
	for _, test := range []struct {
		name string
		run  func(*testing.T, *chromium)
	}{
		{"WholeStory", wholeStory},
		{"DoubleTouch", doubleTouch},
		{"ReloadInTheMiddle", reloadInTheMiddle},
		{"LostAnswer", lostAnswer},
		{"DeadPrinter", deadPrinter},
		{"PrinterFaults", printerFaults},
		{"KioskLanguage", kioskLanguage},
		{"KioskHelps", kioskHelps},
		{"KioskIsLocked", kioskIsLocked},
		{"ClosedGoesBack", closedGoesBack},
		{"ServerInTrouble", serverInTrouble},
		{"LongNames", longNames},
		{"BackFromTheBooking", backFromTheBooking},
		{"QuestionIsOver", questionIsOver},
		{"SomebodyElsesCounter", somebodyElsesCounter},
		{"BookAndCheckIn", bookAndCheckIn},
		{"BookAtTheKiosk", bookAtTheKiosk},
		{"BookingOnce", bookingOnce},
		{"BookingEnds", bookingEnds},
		{"ScanBringsBack", scanBringsBack},
		{"KioskSeveral", kioskSeveral},
		{"SideDoors", sideDoors},
		{"OwnAccount", ownAccount},
		{"PhoneNumberWithConsent", phoneNumberWithConsent},
		{"ClosedSaysWhy", closedSaysWhy},
		{"ManyServices", manyServices},
		{"NumbersGoOnInDoubt", numbersGoOnInDoubt},
		{"NoDayInDoubt", noDayInDoubt},
		{"CounterByKeyboard", counterByKeyboard},
		{"BouncingNext", bouncingNext},
		{"TwoBrowsersOneCounter", twoBrowsersOneCounter},
		{"ClerkIssues", clerkIssues},
		{"CounterDesk", counterDesk},
		{"CounterSeesWaits", counterSeesWaits},
		{"CounterByKeypad", counterByKeypad},
		{"HintAtTheIdleCounter", hintAtTheIdleCounter},
		{"WhoMissedTheCall", whoMissedTheCall},
		{"SeveralMatters", severalMatters},
		{"HelpingOut", helpingOut},
		{"WhoHasAnAppointment", whoHasAnAppointment},
		{"ClockInDoubt", clockInDoubt},
		{"ClockFarAhead", clockFarAhead},
		{"DisplayMissesNothing", displayMissesNothing},
		{"DisplayCutAtRandom", displayCutAtRandom},
		{"DisplaySpeaks", displaySpeaks},
		{"TVSeenFromAChair", tvSeenFromAChair},
		{"TVShowsEachCall", tvShowsEachCall},
		{"TVFollowsTheVoice", tvFollowsTheVoice},
		{"TVOfAZone", tvOfAZone},
		{"TVGetsAZone", tvGetsAZone},
		{"TVAfterHours", tvAfterHours},
		{"NoticesOnTheTV", noticesOnTheTV},
		{"AdminPublishes", adminPublishes},
		{"QueueInTheBrowser", queueInTheBrowser},
		{"PhoneIsLive", phoneIsLive},
		{"PhoneCallsBack", phoneCallsBack},
		{"AlertsOnce", alertsOnce},
		{"PhoneRoute", phoneRoute},
		{"PhoneRates", phoneRates},
		{"CounterAsks", counterAsks},
		{"PhoneWithoutNews", phoneWithoutNews},
		{"PhoneWakesUp", phoneWakesUp},
		{"PhoneOfAnyKind", phoneOfAnyKind},
		{"PhoneIsReadable", phoneIsReadable},
		{"PhoneIsLight", phoneIsLight},
		{"MissedCalls", missedCalls},
		{"WaitsAreSaidAlike", waitsAreSaidAlike},
		{"DayEndsForThePhone", dayEndsForThePhone},
		{"PhoneUnknownAndExpired", phoneUnknownAndExpired},
		{"AdminChangesTheHall", adminChangesTheHall},
		{"AdminPlansTheHall", adminPlansTheHall},
		{"AdminSeesThePaper", adminSeesThePaper},
		{"AdminChoosesTheVoice", adminChoosesTheVoice},
		{"ManagerEndsTheDay", managerEndsTheDay},
		{"AdminTakesBack", adminTakesBack},
		{"AdminRestores", adminRestores},
		{"ServeFromSetupToKiosk", serveFromSetupToKiosk},
		{"Newcomer", newcomer},
		{"ForecastForTheManager", forecastForTheManager},
		{"ManagerSeesTheHall", managerSeesTheHall},
		{"ReportsForTheManager", reportsForTheManager},
		{"FaultsInWords", faultsInWords},
		{"StandInPrints", standInPrints},
		{"ReprintElsewhere", reprintElsewhere},
		{"SlipOfTheDay", slipOfTheDay},
		{"NumberBeforePaper", numberBeforePaper},
		{"DisplaysAreWatched", displaysAreWatched},
		{"MorningCheck", morningCheck},
		{"HardwareInTheCheck", hardwareInTheCheck},
		{"Manual", manual},
		{"Pages", pages},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := <-browsers
			t.Cleanup(func() { browsers <- b }) // after the story's own clean-up
			test.run(t, b)
		})
	}
}

// chromium is the browser that the tests share.
type chromium struct {
	ctx  context.Context
	axe  string    // axe-core's source
	idle []*window // that no device uses now
}

func startChromium(t *testing.T) *chromium {
	t.Helper()
	path, err := findChromium()
	if err != nil {
		t.Fatal(err)
	}
	axe, err := readAxe()
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", "Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup"), // Each window would load two pages for its address bar.
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return &chromium{ctx: ctx, axe: axe}
}

func findChromium() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("none of %s is installed; run: apt-get install -y chromium (make test does it)", strings.Join(names, ", "))
}

// axeFile is where `make test` puts axe-core, beside the repository's other fetched things.
const axeFile = "../../.cache/node_modules/axe-core/axe.min.js"

func readAxe() (string, error) {
	source, err := os.ReadFile(axeFile)
	if errors.Is(err, os.ErrNotExist) {
		return "", errors.New("axe-core is missing; run in the repository's root: npm install --prefix .cache --no-save --ignore-scripts axe-core@4.14.1 (make test does it)")
	}
	return string(source), err
}

// size is a device's screen in CSS pixels.
type size struct{ width, height int64 }

var (
	kioskSize   = size{1080, 1920}
	counterSize = size{1366, 768}
	tvSize      = size{1920, 1080}
	phoneSize   = size{390, 844}
)

// patience is how long a page may take to show what it has to; far longer than it needs, for a
// busy machine is no failure.
const patience = 30 * time.Second
