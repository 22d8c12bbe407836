-- Programs that people open (SMART App Launch 2.2): how a client proves who it is and where it lives.
alter table identity.client
  add column kind text not null default 'confidential' check (kind in ('confidential', 'public')),
  add column persons text not null default 'staff' check (persons in ('staff', 'resident')),
  add column redirect_uris text[] not null default '{}',
  add column launch_url text,
  add column jwks text,
  add column jwks_url text;

create table identity.app_grant (
  id uuid primary key,
  client_id text not null,
  account_id uuid,
  resident_account_id uuid,
  institution_id uuid,
  scopes text[] not null,
  resident_id uuid,
  patient_id text,
  nonce text,
  since timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  check (num_nonnulls(account_id, resident_account_id) = 1)
);
comment on table identity.app_grant is 'local: what a person allowed an app, for which patient and until when; it ends with all its tokens';
create index app_grant_account on identity.app_grant (account_id) where ended_at is null;
create index app_grant_resident on identity.app_grant (resident_account_id) where ended_at is null;
create index app_grant_until on identity.app_grant (until);
create policy system_all on identity.app_grant using (kernel.is_system());
create policy self_reads on identity.app_grant for select
  using (account_id::text = kernel.my_id() or resident_account_id::text = kernel.my_id());

create table identity.app_launch (
  hash text primary key,
  client_id text not null,
  account_id uuid not null,
  resident_id uuid not null,
  patient_id text not null,
  until timestamptz not null
);
comment on table identity.app_launch is 'local: apps just opened from a resident''s page, by the digest of the launch value, alive five minutes';
create policy system_all on identity.app_launch using (kernel.is_system());

create table identity.app_code (
  hash text primary key,
  grant_id uuid not null,
  redirect_uri text not null,
  challenge text not null,
  until timestamptz not null,
  used_at timestamptz
);
comment on table identity.app_code is 'local: authorization codes by their digest, alive one minute, good for one exchange';
create policy system_all on identity.app_code using (kernel.is_system());

create table identity.app_refresh (
  hash text primary key,
  grant_id uuid not null,
  until timestamptz not null,
  used_at timestamptz
);
comment on table identity.app_refresh is 'local: refresh tokens by their digest; a used one that comes again ends its grant';
create policy system_all on identity.app_refresh using (kernel.is_system());

create table identity.assertion (
  client_id text not null,
  jti text not null,
  until timestamptz not null,
  primary key (client_id, jti)
);
comment on table identity.assertion is 'local: signed assertions of clients that were taken, so that none is taken twice';
create policy system_all on identity.assertion using (kernel.is_system());

create table identity.signing_key (
  kid text primary key,
  secret text not null,
  since timestamptz not null
);
comment on table identity.signing_key is 'local: the sealed keys with which this installation signs who somebody is; the newest signs';
create policy system_all on identity.signing_key using (kernel.is_system());

alter table identity.token add column grant_id uuid;
create index token_grant on identity.token (grant_id) where grant_id is not null;
