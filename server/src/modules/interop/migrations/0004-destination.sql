-- Where a partner is sent what becomes of referrals, and how that goes.
create table interop.destination (
  institution_id uuid not null,
  partner_id uuid not null,
  road text not null check (road in ('mllp', 'http')),
  -- `host:port`, or the address of HTTP.
  address text not null,
  secured boolean not null,
  -- PEM of who vouches for its certificate; null: whom the machine knows.
  authority text,
  authorization_sealed text,
  charset text not null check (charset in ('utf-8', 'gb18030')),
  timeout_seconds int not null,
  -- What happened before is not told.
  since timestamptz not null,
  arrived_at timestamptz,
  tries int not null default 0,
  failing_since timestamptz,
  problem text,
  next_try_at timestamptz not null,
  -- Somebody is sending until then.
  held_until timestamptz,
  primary key (institution_id, partner_id)
);
comment on table interop.destination is 'by-institution: where a partner listens, and how sending to it goes';
create index destination_partner on interop.destination (partner_id);
create policy own on interop.destination using (kernel.is_system() or institution_id = kernel.my_institution());

-- The queue of a partner, in the order in which it is sent; a control id is given to one message only.
create index message_queue on interop.message (institution_id, partner_id, at, id)
  where direction = 'out' and state = 'waiting';
create unique index message_sent_once on interop.message (institution_id, partner_id, control_id)
  where direction = 'out';

create table interop.known_referral (
  institution_id uuid not null,
  referral_id uuid not null,
  number_sealed text not null,
  given_by text not null,
  primary key (institution_id, referral_id)
);
comment on table interop.known_referral is 'by-institution: under which number the system of an institution knows a referral';
create index known_referral_of on interop.known_referral (referral_id);
create policy own on interop.known_referral using (kernel.is_system() or institution_id = kernel.my_institution());
