// Package simulate plays whole halls to find out how good the order of calling and the forecast are.
// Nothing in it decides who is called: that is the production policy ([kiosk.Play.First]) on made-up
// tickets ([kiosk.Imagined]); and what is foretold comes from package forecast. Equal seeds give equal
// results, whatever the number of cores.
//
//	checks, err := simulate.Exact(ctx, 1, 64, 10_000_000, nil) // "layso simulate exact"
//
// It is not a model of one real office: its halls are the facts' ("The load"), with service mixes and
// skills of our own.
//
// # Queues that theory knows
//
// [Queue] is a model of queueing theory, [Models] are those whose values are proved or have been measured
// before, and [Exact] compares. The estimators' errors are of those who must wait, in the unit (1/sμ)²;
// with impatience in (1/μ)², and against the wait that who left would have had. 95 % is the half-width of
// the confidence interval. The error of the mean wait (NI) settles ten times slower than the others, so
// what the mean wait itself is off by, whose exact value is known, is taken out of it (a control variate).
// One core simulates 7 to 9 million tickets a second with all estimators (BenchmarkQueue). The output of
// "layso simulate exact", 64 runs of 10 million arrivals for the slowest models:
//
//	  reference    simulated  deviation  95 %
//	M/M/1, ρ = 0.95
//	  MSE of QL                 20      exact     20.04    +0.18 %  ± 0.34 %  pass
//	  MSE of QL, n≥1            21      exact     21.04    +0.17 %  ± 0.34 %  pass
//	  MSE of LES                41.9    exact     41.96    +0.15 %  ± 0.35 %  pass
//	  MSE of HOL                42      exact     42.06    +0.15 %  ± 0.36 %  pass
//	  MSE of HOL refined        40      exact     40.06    +0.16 %  ± 0.39 %  pass
//	  mean wait of the delayed  20      exact     20.03    +0.13 %  ± 0.32 %  pass
//	  MSE of NI                 400     exact     399.7    -0.09 %  ± 0.61 %  pass
//	  relative MSE of QL        0.05    exact     0.04996  -0.08 %  ± 0.32 %  pass
//	  relative MSE of LES       0.1048  exact     0.1046   -0.11 %  ± 0.31 %  pass
//	  MSE of avg-10             46.7    measured  46.84    +0.30 %  ± 0.33 %  pass
//	  MSE of avg-30             57      measured  57.16    +0.29 %  ± 0.29 %  pass
//	M/M/10, ρ = 0.95
//	  MSE of QL                 20      exact     19.94    -0.29 %  ± 0.35 %  pass
//	  MSE of QL, n≥1            21      exact     20.94    -0.29 %  ± 0.35 %  pass
//	  MSE of LES                41.9    exact     41.79    -0.27 %  ± 0.31 %  pass
//	  MSE of HOL                42      exact     41.88    -0.27 %  ± 0.32 %  pass
//	  MSE of HOL refined        40      exact     39.88    -0.30 %  ± 0.34 %  pass
//	  mean wait of the delayed  20      exact     19.96    -0.21 %  ± 0.32 %  pass
//	  MSE of NI                 400     exact     399.1    -0.23 %  ± 0.54 %  pass
//	  relative MSE of QL        0.05    exact     0.05007  +0.13 %  ± 0.33 %  pass
//	  relative MSE of LES       0.1048  exact     0.1049   +0.16 %  ± 0.37 %  pass
//	  MSE of avg-10             46.5    measured  46.87    +0.79 %  ± 0.29 %  pass
//	  MSE of avg-30             57.2    measured  57.62    +0.74 %  ± 0.25 %  pass
//	M/M/100, ρ = 0.95
//	  MSE of QL                 20      exact     20.12    +0.60 %  ± 0.47 %  pass
//	  MSE of QL, n≥1            21      exact     21.12    +0.58 %  ± 0.46 %  pass
//	  MSE of LES                41.9    exact     42.14    +0.57 %  ± 0.45 %  pass
//	  MSE of HOL                42      exact     42.24    +0.58 %  ± 0.46 %  pass
//	  MSE of HOL refined        40      exact     40.25    +0.62 %  ± 0.49 %  pass
//	  mean wait of the delayed  20      exact     20.11    +0.56 %  ± 0.42 %  pass
//	  MSE of NI                 400     exact     400.8    +0.19 %  ± 0.96 %  pass
//	  relative MSE of QL        0.05    exact     0.04974  -0.51 %  ± 0.41 %  pass
//	  relative MSE of LES       0.1048  exact     0.1042   -0.54 %  ± 0.42 %  pass
//	  MSE of avg-10             46.9    measured  47.24    +0.72 %  ± 0.41 %  pass
//	  MSE of avg-30             57.8    measured  58.18    +0.66 %  ± 0.36 %  pass
//	M/M/4, ρ = 0.85
//	  MSE of QL                 6.667   exact  6.662   -0.07 %  ± 0.34 %  pass
//	  MSE of QL, n≥1            7.667   exact  7.662   -0.06 %  ± 0.33 %  pass
//	  MSE of LES                15.03   exact  15.03   -0.05 %  ± 0.26 %  pass
//	  MSE of HOL                15.33   exact  15.33   -0.03 %  ± 0.29 %  pass
//	  MSE of HOL refined        13.33   exact  13.33   -0.02 %  ± 0.34 %  pass
//	  mean wait of the delayed  6.667   exact  6.66    -0.11 %  ± 0.23 %  pass
//	  MSE of NI                 44.44   exact  44.56   +0.26 %  ± 0.38 %  pass
//	  relative MSE of QL        0.15    exact  0.1502  +0.14 %  ± 0.19 %  pass
//	  relative MSE of LES       0.3383  exact  0.3388  +0.17 %  ± 0.25 %  pass
//	D/M/100, ρ = 0.95
//	  MSE of QL        10.17  exact     10.19  +0.14 %  ± 0.93 %  pass
//	  MSE of LES ÷ QL  1.14   measured  1.145  +0.43 %  ± 0.12 %  pass
//	H2/M/100, ρ = 0.95
//	  MSE of QL        48.45  exact     48.54  +0.17 %  ± 0.86 %  pass
//	  MSE of LES ÷ QL  4.66   measured  4.654  -0.12 %  ± 0.34 %  pass
//	M/M/10+M, ρ = 1.4
//	  MSE of QLm  0.03673  exact  0.03676  +0.08 %  ± 0.20 %  pass
//	M/M/100+M, ρ = 1.4
//	  MSE of QLm                 0.002882  exact     0.002882  +0.01 %  ± 0.33 %  pass
//	  MSE of QLm, of the served  0.00278   measured  0.00279   +0.37 %  ± 0.31 %  pass
//	  MSE of QL, of the served   0.00866   measured  0.008638  -0.26 %  ± 0.14 %  pass
//	  MSE of LES, of the served  0.00569   measured  0.00571   +0.36 %  ± 0.26 %  pass
//	  MSE of HOL, of the served  0.00556   measured  0.005571  +0.21 %  ± 0.24 %  pass
//	M/M/1, λ = 0.3 and 0.5, FCFS
//	  mean wait, priority  4    exact  4      +0.01 %  ± 0.23 %  pass
//	  mean wait, regular   4    exact  4.003  +0.07 %  ± 0.25 %  pass
//	  0.3 W₁ + 0.5 W₂      3.2  exact  3.202  +0.05 %  ± 0.24 %  pass
//	M/M/1, λ = 0.3 and 0.5, strict
//	  mean wait, priority  1.143  exact  1.142  -0.05 %  ± 0.06 %  pass
//	  mean wait, regular   5.714  exact  5.718  +0.06 %  ± 0.26 %  pass
//	  0.3 W₁ + 0.5 W₂      3.2    exact  3.201  +0.05 %  ± 0.23 %  pass
//	M/M/1, λ = 0.3 and 0.5, accumulating ×3
//	  mean wait, priority  2.333  exact  2.333  -0.00 %  ± 0.16 %  pass
//	  mean wait, regular   5      exact  5.003  +0.06 %  ± 0.26 %  pass
//	  0.3 W₁ + 0.5 W₂      3.2    exact  3.202  +0.05 %  ± 0.24 %  pass
//	M/M/1, λ = 0.3 and 0.5, credit 10
//	  mean wait, priority  1.936  measured  1.928  -0.40 %  ± 0.30 %  pass
//	  mean wait, regular   5.257  measured  5.246  -0.21 %  ± 0.22 %  pass
//	  0.3 W₁ + 0.5 W₂      3.2    exact     3.202  +0.05 %  ± 0.23 %  pass
//
// # Orders of calling in halls
//
// [Hall] is a hall of the facts. Everybody comes at the same times and takes the same time under every
// order. FCFS and strict are the hall's own policy with a credit of nothing and of a whole day; ratio 1:2
// calls a priority ticket after every two regular ones; accumulating lets priority tickets age three times
// as fast. A ticket to which nobody comes is called again as in the hall, and its person never comes.
// 200 days, 40 % priority tickets, minutes without lunch ("layso simulate policies"):
//
//	small-20, load 0.19       regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    1.2 / 8 / 62              1.0 / 6 / 49               0
//	  strict                  1.3 / 8 / 73              0.9 / 6 / 49               1
//	  ratio 1:2               1.2 / 8 / 67              1.0 / 6 / 49               0
//	  accumulating ×3         1.3 / 8 / 67              1.0 / 6 / 49               0
//	  credit 30 min           1.3 / 8 / 67              0.9 / 6 / 49               0
//	lab-165, load 0.63        regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    6.8 / 29 / 112            6.7 / 29 / 113             0
//	  strict                  9.9 / 45 / 134            2.3 / 10 / 41              917
//	  ratio 1:2               5.6 / 25 / 115            8.5 / 40 / 161             382
//	  accumulating ×3         8.5 / 38 / 142            4.1 / 16 / 67              218
//	  credit 30 min           9.2 / 41 / 122            3.2 / 14 / 97              0
//	lab-190-noisy, load 0.73  regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    14.8 / 51 / 129           14.5 / 51 / 128            0
//	  strict                  23.2 / 84 / 223           3.4 / 13 / 39              3882
//	  ratio 1:2               11.6 / 44 / 110           19.9 / 78 / 197            1651
//	  accumulating ×3         19.2 / 67 / 147           8.1 / 26 / 92              1250
//	  credit 30 min           19.8 / 63 / 134           7.2 / 32 / 106             0
//	lab-200, load 0.76        regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    15.7 / 51 / 114           15.5 / 51 / 113            0
//	  strict                  24.6 / 82 / 181           3.4 / 12 / 54              4663
//	  ratio 1:2               12.0 / 44 / 108           21.7 / 80 / 202            2014
//	  accumulating ×3         20.3 / 69 / 151           8.5 / 26 / 95              1412
//	  credit 30 min           21.1 / 63 / 128           7.5 / 31 / 99              0
//	crowd-235, load 1.31      regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    103.0 / 201 / 308         103.4 / 203 / 308          0
//	  strict                  168.2 / 285 / 384         7.6 / 25 / 107             23430
//	  ratio 1:2               81.2 / 168 / 313          139.3 / 272 / 443          9912
//	  accumulating ×3         140.8 / 254 / 361         47.5 / 117 / 186           20672
//	  credit 30 min           118.5 / 213 / 322         80.5 / 181 / 289           0
//	branch-500, load 0.75     regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    7.0 / 29 / 64             7.0 / 28 / 66              0
//	  strict                  11.1 / 47 / 106           1.0 / 4 / 19               5397
//	  ratio 1:2               4.7 / 21 / 46             10.5 / 46 / 103            2305
//	  accumulating ×3         9.3 / 38 / 76             3.6 / 14 / 29              690
//	  credit 30 min           10.4 / 41 / 70            1.9 / 9 / 39               0
//	warsaw-2549, load 0.84    regular mean / p95 / max  priority mean / p95 / max  late overtakes
//	  FCFS                    4.0 / 17 / 51             4.0 / 17 / 51              0
//	  strict                  6.4 / 29 / 87             0.3 / 2 / 9                10697
//	  ratio 1:2               1.7 / 8 / 35              7.4 / 34 / 97              9483
//	  accumulating ×3         5.3 / 22 / 67             2.0 / 8 / 24               276
//	  credit 30 min           6.3 / 29 / 70             0.5 / 2 / 40               0
//
// With a credit, as with FCFS, the order of two tickets is fixed when they are taken: nobody is overtaken late, and
// in a busy hall the longest wait of a regular ticket is 10 to 40 % below that of the strict order. The ratio inverts: at
// 40 % priority tickets wait longer than the others.
//
// # A real log
//
// [ReadLog] and [Log.Replay] play the calls of a bank again; the table is in package forecast.
//
// # The forecast
//
// [Hall.Foretell] plays days of a hall that knows nothing yet but wrong service times, and foretells the
// wait of every ticket when it is taken; the tables are in package forecast.
package simulate
