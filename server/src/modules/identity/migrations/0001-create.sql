-- Who can sign in. An account belongs to the institution that added it and has posts at one or more.
create table identity.account (
  id uuid primary key,
  username text not null unique,
  name text not null,
  home_institution_id uuid not null,
  state text not null check (state in ('active', 'disabled')),
  must_change_password boolean not null,
  acting_institution_id uuid,
  signed_in_at timestamptz,
  added_at timestamptz not null,
  version int not null default 1
);
comment on table identity.account is 'reference: who of the staff can sign in; found by user name, which is unique everywhere';
create index account_home on identity.account (home_institution_id);

create table identity.post (
  institution_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  roles text[] not null,
  practitioner_id uuid,
  since timestamptz not null,
  until timestamptz,
  primary key (institution_id, id)
);
comment on table identity.post is 'by-institution: the roles of an account at an institution; an ended one stays as history';
create index post_id on identity.post (id);
create unique index post_one on identity.post (institution_id, account_id) where until is null;
create index post_account on identity.post (account_id) where until is null;
create index post_practitioner on identity.post (practitioner_id) where until is null;
create policy system_all on identity.post using (kernel.is_system());
create policy own on identity.post using (institution_id = kernel.my_institution());
create policy self_reads on identity.post for select using (account_id::text = kernel.my_id());

create policy system_all on identity.account using (kernel.is_system());
create policy self_reads on identity.account for select using (id::text = kernel.my_id());
create policy colleagues_read on identity.account for select using (home_institution_id = kernel.my_institution() or
  exists (select from identity.post p where p.account_id = account.id and p.institution_id = kernel.my_institution()));
create policy home_adds on identity.account for insert with check (home_institution_id = kernel.my_institution());
create policy home_changes on identity.account for update using (home_institution_id = kernel.my_institution());
-- The published view below belongs to the owner of the tables, who is bound by policies like everybody else.
create policy published on identity.account for select to current_user using (true);

create table identity.credential (
  account_id uuid primary key,
  password_hash text not null,
  changed_at timestamptz not null
);
comment on table identity.credential is 'reference: the argon2id hash of each account''s password; nobody but the system sees it';
create policy system_all on identity.credential using (kernel.is_system());

create table identity.second_factor (
  account_id uuid primary key,
  secret text not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  recovery text[] not null default '{}'
);
comment on table identity.second_factor is 'reference: the sealed TOTP secret of an account, the last time step used, digests of its recovery codes';
create policy system_all on identity.second_factor using (kernel.is_system());

create table identity.resident_account (
  id uuid primary key,
  resident_id uuid not null unique,
  name text not null,
  phone text not null,
  phone_index text not null unique,
  password_hash text not null,
  state text not null check (state in ('active', 'disabled')),
  signed_in_at timestamptz,
  added_at timestamptz not null
);
comment on table identity.resident_account is 'reference: who of the residents can sign in; found by the blind index of the phone number, unique everywhere';
create policy system_all on identity.resident_account using (kernel.is_system());

create table identity.session (
  id uuid primary key,
  token_hash text not null unique,
  account_id uuid,
  resident_account_id uuid,
  institution_id uuid,
  since timestamptz not null,
  seen_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  agent text not null,
  address text not null,
  check (num_nonnulls(account_id, resident_account_id) = 1)
);
comment on table identity.session is 'local: open sign-ins by the digest of their token; a cell''s own, never needed elsewhere';
create index session_account on identity.session (account_id) where ended_at is null;
create index session_resident on identity.session (resident_account_id) where ended_at is null;
create index session_until on identity.session (until);
create policy system_all on identity.session using (kernel.is_system());
create policy self_reads on identity.session for select
  using (account_id::text = kernel.my_id() or resident_account_id::text = kernel.my_id());

create table identity.challenge (
  token_hash text primary key,
  account_id uuid not null,
  until timestamptz not null,
  failures int not null default 0
);
comment on table identity.challenge is 'local: sign-ins that wait five minutes for their second factor';
create policy system_all on identity.challenge using (kernel.is_system());

create table identity.attempt (
  name text primary key,
  failures int not null,
  first_at timestamptz not null,
  locked_until timestamptz
);
comment on table identity.attempt is 'local: failed sign-ins per name, existing or not, within the last quarter of an hour';
create index attempt_first on identity.attempt (first_at);
create policy system_all on identity.attempt using (kernel.is_system());

create table identity.code (
  phone_index text not null,
  purpose text not null check (purpose in ('register', 'reset')),
  digest text not null,
  sent_at timestamptz not null,
  until timestamptz not null,
  failures int not null default 0,
  day date not null,
  sent_today int not null default 1,
  primary key (phone_index, purpose)
);
comment on table identity.code is 'local: the last code sent to a phone, alive five minutes and five tries';
create policy system_all on identity.code using (kernel.is_system());

create table identity.client (
  id text primary key,
  institution_id uuid not null,
  name text not null,
  secret_hash text not null,
  scopes text[] not null,
  state text not null check (state in ('active', 'disabled')),
  used_at timestamptz,
  added_at timestamptz not null,
  version int not null default 1
);
comment on table identity.client is 'reference: programs of an institution that sign in by themselves; found by their id, unique everywhere';
create index client_institution on identity.client (institution_id);
create policy system_all on identity.client using (kernel.is_system());
create policy own on identity.client using (institution_id = kernel.my_institution());

create table identity.token (
  hash text primary key,
  client_id text not null,
  scopes text[] not null,
  since timestamptz not null,
  until timestamptz not null
);
comment on table identity.token is 'local: access tokens of clients by their digest, alive one hour';
create index token_client on identity.token (client_id);
create index token_until on identity.token (until);
create policy system_all on identity.token using (kernel.is_system());

create view identity.account_name with (security_invoker = false) as
  select id, name from identity.account;
comment on view identity.account_name is 'published: what an account''s person is called';
