create table resident.proxy_request (
  resident_id uuid not null,
  id uuid not null,
  proxy_id uuid not null,
  institution_id uuid not null,
  kind text not null check (kind in ('child', 'parent', 'spouse', 'ward', 'other')),
  proof text not null check (proof in ('birthCertificate', 'householdBook', 'mandate', 'guardianship')),
  file_hash text not null,
  state text not null default 'asked' check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
  until date not null,
  at timestamptz not null,
  note text,
  answered_at timestamptz,
  answered_by uuid,
  primary key (resident_id, id)
);
comment on table resident.proxy_request is 'by-resident: who asks to stand for whom, with the proof, and what the institution decided';
comment on column resident.proxy_request.kind is 'type: ProxyKind from @tongmai/api/resident/proxy';
comment on column resident.proxy_request.proof is 'type: ProxyProof from @tongmai/api/resident/proxy';
comment on column resident.proxy_request.state is 'type: ProxyState from @tongmai/api/resident/proxy';
create index proxy_request_id on resident.proxy_request (id);
create index proxy_request_institution on resident.proxy_request (institution_id, state, at);
create index proxy_request_proxy on resident.proxy_request (proxy_id);
create unique index proxy_request_once on resident.proxy_request (resident_id, proxy_id) where state = 'asked';
create policy parties on resident.proxy_request using (kernel.is_system() or institution_id = kernel.my_institution()
  or kernel.is_my_resident(proxy_id) or kernel.is_my_resident(resident_id));

-- Who stands for somebody stands until a day now; the index takes those who never end and those who do.
drop index resident.proxy_proxy;
create index proxy_proxy on resident.proxy (proxy_id, until);

insert into resident.rule values
  ('proxyYears', '2020-01-01', 3, '本平台默认:成年人授权家人代办一次最长的年数;民法典 第一百六十五条要求写明期限'),
  ('proxyDays', '2020-01-01', 3, '本平台默认:核对代办申请的期限(天)');
