import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DailyMetric } from '../../integrations/ad-platform.ts';
import { copyLine, STAGE_COLUMNS } from './copy-text.ts';

/** A stage's table, of the connection that opened it. */
export const STAGE = 'pg_temp.metrics_stage';

const CREATE = `create temporary table if not exists metrics_stage (
  native_campaign_id text, campaign_name text, date date, currency char(3), spend numeric(18,6), impressions bigint,
  clicks bigint, conversions numeric(18,6), conversion_value numeric(18,6), video_views_25 bigint,
  video_views_50 bigint, video_views_75 bigint, video_views_100 bigint, video_starts bigint, reach bigint,
  frequency numeric(12,6), attribution_setting text, platform_data jsonb)`;
const COPY = `copy ${STAGE} (${STAGE_COLUMNS.join(', ')}) from stdin`;
/** Of rows that came twice the later one stays: a list that moves while it is paged shows the newer at last. */
const DROP_EARLIER = `delete from ${STAGE} a using ${STAGE} b
  where a.native_campaign_id = b.native_campaign_id and a.date = b.date and a.ctid < b.ctid`;

const FLUSH_CHARACTERS = 512 * 1024;

/**
 * Rows on their way into the live table, held by the database and not by this process. COPY is refused on a table under
 * a policy, so they wait in a temporary table; it outlives transactions, so that none is open while pages are fetched.
 * The connection must not pipeline, and nothing else may be asked of it while a call of this is awaited.
 */
export class MetricsStage {
  private lines: string[] = [];
  private characters = 0;
  private readonly keys = new Set<string>();
  private hasRepeats = false;

  private constructor(private readonly client: pg.ClientBase) {}

  /** An empty stage. */
  static async open(client: pg.ClientBase): Promise<MetricsStage> {
    await client.query(CREATE);
    await client.query(`truncate ${STAGE}`);
    return new MetricsStage(client);
  }

  /** How many rows it holds, one a campaign and day. */
  get size(): number {
    return this.keys.size;
  }

  async add(rows: Iterable<DailyMetric>): Promise<void> {
    for (const row of rows) {
      const before = this.keys.size;
      this.keys.add(`${row.date}${row.nativeCampaignId}`);
      if (this.keys.size === before) this.hasRepeats = true;
      const line = copyLine(row);
      this.lines.push(line);
      this.characters += line.length;
      if (this.characters >= FLUSH_CHARACTERS) await this.flush();
    }
  }

  /** Makes the stage ready to be merged from: everything is there, once, and counted for the planner. */
  async finish(): Promise<void> {
    await this.flush();
    if (this.hasRepeats) await this.client.query(DROP_EARLIER);
    await this.client.query(`analyze ${STAGE}`);
  }

  private async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const text = this.lines.join('');
    this.lines = [];
    this.characters = 0;
    await pipeline(Readable.from([text]), this.client.query(copyFrom(COPY)));
  }
}
