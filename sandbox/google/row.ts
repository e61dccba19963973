import { type Campaign } from '../world/campaigns.ts';
import { type DayFigures } from '../world/figures.ts';
import { type World } from '../world/world.ts';
import { type Customer } from './customers.ts';

/** What one row of an answer is about. */
export interface Row {
  world: World;
  at: Date;
  /** The customer that was asked. */
  customer: Customer;
  /** Of customer_client alone. */
  client: { client: Customer; level: number } | null;
  /** Of campaign alone. */
  campaign: Campaign | null;
  /** Of label alone. */
  label: string | null;
  /** The first day of what the segments name; null without segments. */
  day: number | null;
  /** null where no figures are asked for. */
  totals: DayFigures | null;
  /** People met in the period, where Google counts them. */
  uniqueUsers: number | null;
  /** Whether what is zero is left out, as proto3 may; some rows print it. */
  omitsZeros: boolean;
}

export type Value = string | number | boolean | readonly string[];

export interface Field {
  kind: 'int64' | 'int32' | 'double' | 'boolean' | 'enum' | 'text' | 'date' | 'names';
  /** undefined: not set for this row. */
  read: (row: Row) => Value | undefined;
}
