-- Whom to tell when something happens (Subscriptions R5 Backport), by rest-hook.
create table interop.subscription (
  institution_id uuid not null,
  id uuid not null,
  client_id text not null,
  -- The scopes with which it was asked for; it never sees by more.
  scopes text[] not null,
  topic text not null check (topic in ('resource-changed', 'referral-changed', 'result-arrived')),
  filters text[] not null,
  content text not null check (content in ('empty', 'id-only', 'full-resource')),
  endpoint text not null,
  -- `Name: value` lines that the receiver wants; they may hold its secrets.
  headers_sealed text,
  heartbeat_seconds int,
  timeout_seconds int not null,
  max_count int not null,
  reason text not null,
  ends_at timestamptz,
  state text not null check (state in ('requested', 'active', 'error', 'off')),
  -- Events so far, and how many of them have arrived.
  events bigint not null default 0,
  arrived bigint not null default 0,
  -- From which number of the chain on it hears.
  hears_after bigint not null default 0,
  event_at timestamptz,
  arrived_at timestamptz,
  tries int not null default 0,
  failing_since timestamptz,
  problem text,
  next_try_at timestamptz not null,
  -- Somebody is sending until then.
  held_until timestamptz,
  added_at timestamptz not null,
  primary key (institution_id, id)
);
comment on table interop.subscription is 'by-institution: who wants to be told of what, where, and how far it is';
comment on column interop.subscription.state is 'type: SubscriptionState from @tongmai/api/interop/subscription';
comment on column interop.subscription.topic is 'type: SubscriptionTopic from @tongmai/api/interop/subscription';
create index subscription_id on interop.subscription (id);
create index subscription_client on interop.subscription (client_id);
create index subscription_due on interop.subscription (next_try_at) where state <> 'off';
create policy own on interop.subscription using (kernel.is_system() or institution_id = kernel.my_institution());

create table interop.subscription_event (
  institution_id uuid not null,
  subscription_id uuid not null,
  number bigint not null,
  type text not null,
  resource_id text not null,
  version int not null,
  at timestamptz not null,
  primary key (institution_id, subscription_id, number)
);
comment on table interop.subscription_event is 'by-institution: what happened that a subscription is about, numbered without gaps; kept thirty days';
create unique index subscription_event_once on interop.subscription_event (institution_id, subscription_id, type, resource_id, version);
create index subscription_event_at on interop.subscription_event (at);
create policy own on interop.subscription_event using (kernel.is_system() or institution_id = kernel.my_institution());

create table interop.subscription_delivery (
  institution_id uuid not null,
  id uuid not null,
  subscription_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('handshake', 'heartbeat', 'event-notification')),
  first_number bigint,
  last_number bigint,
  status int,
  problem text,
  took_ms int not null,
  primary key (institution_id, id)
);
comment on table interop.subscription_delivery is 'by-institution: every attempt to reach a receiver; kept seven days';
create index subscription_delivery_id on interop.subscription_delivery (id);
create index subscription_delivery_of on interop.subscription_delivery (institution_id, subscription_id, at desc);
create index subscription_delivery_at on interop.subscription_delivery (at);
create policy own on interop.subscription_delivery using (kernel.is_system() or institution_id = kernel.my_institution());

create table interop.subscription_cursor (
  id int primary key check (id = 1),
  number bigint not null
);
comment on table interop.subscription_cursor is 'local: up to where the chain of what happened has been looked through for subscriptions';
create policy system_all on interop.subscription_cursor using (kernel.is_system());
