/** A step from one version of the tables to the next. Never changed once released: a later one puts right what is wrong. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** All of them in order; the first is number 1. */
export const migrations: readonly Migration[] = [
  {
    name: "ledger",
    sql: `
      create table coppice.reservations (
        fence bigint generated always as identity primary key,
        tenant text not null,
        cluster text not null,
        what text not null,
        operation text not null,
        holder text not null,
        machines bigint not null check (machines >= 0),
        cores bigint not null check (cores >= 0),
        memory bigint not null check (memory >= 0),
        storage bigint not null check (storage >= 0),
        made timestamptz not null default clock_timestamp(),
        ends timestamptz not null,
        settled boolean not null default false
      );
      create index on coppice.reservations (tenant, cluster, ends);
      create table coppice.holdings (
        tenant text not null,
        cluster text not null,
        what text not null,
        machines bigint not null,
        cores bigint not null,
        memory bigint not null,
        storage bigint not null,
        settled timestamptz not null default clock_timestamp(),
        primary key (tenant, cluster, what)
      );
    `,
  },
];
