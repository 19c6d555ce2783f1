/**
 * The benchmarks in the order in which `all` runs them: how long each takes, what it is asked in a quick run, what its answer has to show,
 * and how it is drawn. One that is missing here runs with its own defaults, after the others.
 */
import { barChart, lineChart } from './charts.mjs';
import { capacityPlot } from './plot.mjs';

/**
 * `minutes`: how long it takes about at full size, on two cores.
 * `quick`: the options of a quick run.
 * `goals`: what is to be reached: `of(answer)` is the figure; `floor` must be reached, `aim` is wanted; `lower` where less is better.
 * `plot(answer)`: its SVG.
 */
export const SUITE = {
  send: {
    minutes: 45,
    quick: ['--rows', '2000', '--turns', '1'],
    goals: [
      { what: 'durable sending, against a bare loop', of: (answer) => answer.ratio, floor: 0.75, aim: 0.9, unit: '×' },
      {
        what: 'the same, against the quickest of the job queues',
        of: ({ aheadOf }) => aheadOf && Math.min(...Object.values(aheadOf)),
        floor: 1.5,
        aim: 2,
        unit: '×',
      },
    ],
    plot: ({ durable, bare, withReports, peers = {} }) =>
      barChart({
        title: 'Messages sent and durably remembered, and a bare loop',
        unit: 'messages a second',
        bars: Object.entries({
          Carillon: durable,
          'with reports of delivery': withReports,
          ...peers,
          'bare loop': bare,
        })
          .filter(([, value]) => value !== undefined)
          .map(([label, value]) => ({ label, value })),
      }),
  },
  profile: { minutes: 2, quick: ['--rows', '2000'], goals: [] },
  expand: {
    minutes: 2,
    quick: ['--rows', '20000'],
    goals: [
      {
        what: 'expanding a run',
        of: (answer) => answer.deliveriesPerSecond,
        floor: 50_000,
        aim: 75_000,
        unit: 'deliveries/s',
      },
    ],
  },
  'same-second': {
    minutes: 2,
    quick: ['--rows', '200'],
    goals: [
      {
        what: '10,000 jobs due at the same second, the last begun after',
        of: (answer) => answer.lastMs,
        floor: 4_000,
        aim: 2_000,
        unit: 'ms',
        lower: true,
      },
    ],
  },
  'due-to-sent': {
    minutes: 15,
    quick: ['--rows', '100000'],
    goals: [
      {
        what: 'due to sent, p99, a million waiting',
        of: (answer) => answer.waiting?.accepted?.p99Ms,
        floor: 1_000,
        aim: 250,
        unit: 'ms',
        lower: true,
      },
      {
        what: "the same while another account's million is sent",
        of: (answer) => answer.whileSending?.accepted?.p99Ms,
        floor: 1_000,
        aim: 250,
        unit: 'ms',
        lower: true,
      },
    ],
  },
  'slow-recipients': {
    minutes: 12,
    quick: ['--rows', '20000', '--turns', '1', '--connections', '50'],
    goals: [
      {
        what: 'with 1 % of recipients hanging, against without',
        of: (answer) => answer.ratio,
        floor: 0.9,
        aim: 0.98,
        unit: '×',
      },
    ],
  },
  callbacks: {
    minutes: 8,
    quick: ['--seconds', '5', '--per-second', '200'],
    goals: [
      {
        what: 'status callbacks while sending, answered in time',
        of: ({ held, perSecond }) => (held === false ? 0 : perSecond),
        floor: 2_000,
        aim: 5_000,
        unit: '/s',
      },
    ],
  },
  api: {
    minutes: 10,
    quick: ['--rows', '10000'],
    goals: [
      {
        what: 'requests to the API, 80 % reads, p99 below 100 ms',
        of: ({ held, requestsPerSecond }) => (held === false ? 0 : requestsPerSecond),
        floor: 2_000,
        aim: undefined,
        unit: '/s',
      },
    ],
    plot: ({ steps }) =>
      lineChart({
        title: 'How long the API takes to answer, by the rate of requests',
        across: 'requests a second',
        up: 'ms, p99',
        series: [
          { name: 'reads', points: steps.map((step) => [step.requestsPerSecond, step.readP99Ms]) },
          { name: 'writes', points: steps.map((step) => [step.requestsPerSecond, step.writeP99Ms]) },
        ],
      }),
  },
  import: {
    minutes: 3,
    quick: ['--rows', '5000'],
    goals: [
      {
        what: 'importing recipients',
        of: (answer) => answer.rowsPerSecond,
        floor: 20_000,
        aim: 50_000,
        unit: 'rows/s',
      },
    ],
  },
  recover: {
    minutes: 10,
    quick: ['--rows', '5000', '--turns', '1'],
    goals: [
      {
        what: 'recovery after FLUSHALL with 100,000 due',
        of: (answer) => answer.seconds,
        floor: 60,
        aim: 15,
        unit: 's',
        lower: true,
      },
    ],
  },
  scale: {
    minutes: 8,
    quick: ['--turns', '1', '--seconds', '3'],
    goals: [],
    plot: ({ senders }) =>
      barChart({
        title: 'What one, two and four senders send, answers after 100 ms',
        unit: 'messages a second',
        bars: senders.map(({ count, perSecond }) => ({
          label: count === 1 ? '1 sender' : `${count} senders`,
          value: perSecond,
        })),
      }),
  },
  memory: {
    minutes: 20,
    quick: ['--rows', '50000', '--seconds', '5'],
    goals: [
      {
        what: 'memory of Redis, ten million deliveries to come',
        of: (answer) => answer.waiting?.redisPeakMb,
        floor: 100,
        unit: 'MB',
        lower: true,
      },
      {
        what: 'memory of Redis while a million are sent',
        of: (answer) => answer.sending?.redisPeakMb,
        floor: 300,
        unit: 'MB',
        lower: true,
      },
      {
        what: 'memory of the largest service',
        of: ({ waiting, sending }) =>
          Math.max(...Object.values({ ...waiting?.peakRssMb }), ...Object.values({ ...sending?.peakRssMb })),
        floor: 400,
        unit: 'MB',
        lower: true,
      },
    ],
    plot: ({ waiting, sending }) =>
      barChart({
        title: 'Highest memory with ten million deliveries to come and while a million are sent',
        unit: 'MB',
        bars: [
          { label: 'Redis', value: Math.max(waiting.redisPeakMb, sending.redisPeakMb) },
          ...Object.entries(sending.peakRssMb).map(([label, value]) => ({
            label,
            value: Math.max(value, waiting.peakRssMb[label]),
          })),
        ],
      }),
  },
  growth: {
    minutes: 15,
    quick: ['--rows', '100000', '--turns', '2'],
    goals: [
      {
        what: 'cost of a delivery at ten million rows, against 100 thousand',
        of: (answer) => answer.ratio,
        floor: 1.3,
        unit: '×',
        lower: true,
      },
    ],
    plot: ({ sizes }) =>
      lineChart({
        title: 'What a delivery costs, by the number of deliveries in the tables',
        across: 'deliveries in the tables',
        up: 'µs a delivery',
        logarithmic: true,
        series: [
          { name: 'processor time', points: sizes.map(({ rows, cpuMicros }) => [rows, cpuMicros]) },
          { name: 'time on the wall', points: sizes.map(({ rows, wallMicros }) => [rows, wallMicros]) },
        ],
      }),
  },
  balancer: { minutes: 6, quick: [], goals: [], plot: ({ course }) => capacityPlot(course) },
  checks: { minutes: 3, quick: ['--rows', '2000'], goals: [] },
  sizes: { minutes: 4, quick: ['--rows', '1000'], goals: [] },
  scripts: { minutes: 3, quick: ['--rows', '20'], goals: [] },
  steady: { minutes: 20, quick: ['--rows', '1000', '--seconds', '20', '--per-second', '10'], goals: [] },
  'subscription-case': { minutes: 90, quick: ['--scale', '0.001'], goals: [] },
};
