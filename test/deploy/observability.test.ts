/**
 * The alert rules, the scrape configuration, the Grafana dashboard and the table of metrics against the code: what they
 * name exists, and every alert leads to what to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ours, registered, series, seriesOf } from './series.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}
const { groups } = parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: { readonly expr: string }[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}
const dashboard = JSON.parse(read('deploy/grafana/carillon.json')) as { panels: Panel[] };

const anchors = (path: string): string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The text below a heading of the third level. */
function sectionOf(path: string, heading: string): string {
  return (
    read(path)
      .split(/^##+ /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? ''
  );
}

test('the reading of expressions finds names, and only them', () => {
  expect(
    seriesOf('max by (channel) (a_total{b="c"}) > 0 unless on (d) sum(rate(e[5m])) > 0 or absent(up{j="x"})'),
  ).toEqual(['a_total', 'e', 'up']);
  expect(ours.size).toBeGreaterThan(18);
});

describe('deploy/prometheus', () => {
  test('has the alerts that an operator needs', () => {
    const names = rules.map((rule) => rule.alert);
    expect(names).toEqual(
      expect.arrayContaining([
        'CarillonLate',
        'CarillonNothingSent',
        'CarillonMissingFromRedis',
        'CarillonUnknownGrowing',
        'CarillonRescuesMany',
        'CarillonApiErrors',
        'CarillonApiSlow',
        'CarillonServiceDown',
        'CarillonPoolExhausted',
        'CarillonEventLoopLag',
        'CarillonHoldStanding',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s names metrics that exist and what to do',
    (name, rule) => {
      const named = seriesOf(rule.expr);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((one) => !series.has(one))).toEqual([]);
      expect(rule.for ?? '0s').toMatch(/^\d+[sm]$/);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(rule.annotations.summary).toBeTruthy();
      expect(rule.annotations.description).toBeTruthy();
      expect(rule.annotations.runbook).toBe(`docs/operations.md#${name.toLowerCase()}`);
      expect(anchors('docs/operations.md')).toContain(name.toLowerCase());
      const section = sectionOf('docs/operations.md', name);
      expect(section).toMatch(new RegExp(`^\\*${rule.labels.severity}\\.\\*`, 'im'));
      expect(section).toContain('**Cause.**');
      expect(section).toContain('**Cure.**');
    },
  );

  test('every alert is tried, with series that exist', () => {
    const tried = read('deploy/prometheus/alerts.test.yml');
    expect(rules.map((rule) => rule.alert).filter((name) => !tried.includes(name))).toEqual([]);
    const { tests } = parse(tried) as { tests: { input_series: { series: string }[] }[] };
    const given = tests.flatMap((one) => one.input_series).flatMap(({ series: one }) => seriesOf(one));
    expect(given.filter((one) => !series.has(one))).toEqual([]);
  });

  test('an alert that is gone leaves no section behind', () => {
    const described = [...read('docs/operations.md').matchAll(/^### (Carillon\w+)$/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(rules.map((rule) => rule.alert).sort());
  });

  test('scrapes the services that the compose file has, where they tell their metrics', () => {
    const { rule_files: files, scrape_configs: jobs } = parse(read('deploy/prometheus/prometheus.yml'));
    expect(files).toEqual(['alerts.yml']);
    const { services } = parse(read('docker-compose.yml'), { merge: true });
    const targets = jobs.map((job: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }) => {
      const [{ names: [name] = [], port } = { port: 0 }] = job.dns_sd_configs;
      expect(job.job_name).toBe(`carillon-${name}`);
      const environment = services[name as string].environment;
      expect(String(port)).toBe(environment[name === 'api' ? 'API_PORT' : 'HEALTH_PORT']);
      return name;
    });
    const withHealth = Object.keys(services).filter((name) => services[name].environment?.HEALTH_PORT !== undefined);
    expect(targets.sort()).toEqual([...new Set([...withHealth, 'api'])].sort());
    // The rule asks for each job by its name.
    const down = rules.find((rule) => rule.alert === 'CarillonServiceDown')?.expr ?? '';
    for (const [, job] of down.matchAll(/absent\(up\{job="carillon-(\w+)"\}\)/g)) expect(targets).toContain(job);
  });
});

describe('deploy/grafana/carillon.json', () => {
  const plotted = dashboard.panels.filter((panel) => panel.type !== 'row');

  test.each(plotted.map((panel) => [`${panel.id} ${panel.title}`, panel] as const))(
    '%s plots what exists',
    (_title, panel) => {
      expect(panel.targets?.length).toBeGreaterThan(0);
      for (const { expr } of panel.targets ?? []) {
        const named = seriesOf(expr);
        expect(named.length).toBeGreaterThan(0);
        expect(named.filter((one) => !series.has(one))).toEqual([]);
      }
    },
  );

  test('lays its panels side by side, none upon another', () => {
    expect(new Set(dashboard.panels.map((panel) => panel.id)).size).toBe(dashboard.panels.length);
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(x).toBeLessThan(24);
          expect([title, taken.get(`${x},${y}`)]).toEqual([title, undefined]);
          taken.set(`${x},${y}`, title);
        }
  });
});

test('docs/observability.md lists every metric of ours with its type, and no other', () => {
  const listed = [...read('docs/observability.md').matchAll(/^\| `(carillon_\w+)` \| (counter|gauge|histogram)\b/gm)];
  expect(listed.map(([, name, type]) => `${name} ${type}`).sort()).toEqual(
    [...ours].map((name) => `${name} ${registered.get(name)}`).sort(),
  );
});
