-- Online advice 在线健康咨询 between residents and their team; one row per conversation.
create table contract.advice (
  resident_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  community_id uuid not null,
  team_id uuid not null,
  owner_id uuid not null,
  status text not null,
  subject text not null,
  begun_by text not null check (begun_by in ('resident', 'team')),
  out_of_hours boolean not null,
  asked_at timestamptz not null,
  since timestamptz not null,
  due timestamptz,
  became text check (became in ('referral', 'visit')),
  became_id uuid,
  version int not null default 1,
  primary key (resident_id, id),
  check ((status = 'asked') = (due is not null))
);
comment on table contract.advice is 'by-resident: what residents ask their team online, whose it is and until when; what the team writes to them';
comment on column contract.advice.status is 'type: AdviceStatus from @tongmai/api/contract/advice';
create index advice_id on contract.advice (id);
create index advice_community on contract.advice (community_id, status, since);
create index advice_contract on contract.advice (contract_id);
create policy parties_read on contract.advice for select using (
  kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id));
create policy community_adds on contract.advice for insert
  with check (kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id));
create policy parties_change on contract.advice for update using (
  kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id));

create table contract.advice_message (
  resident_id uuid not null,
  advice_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  from_resident boolean not null,
  practitioner_id uuid,
  text text not null,
  primary key (resident_id, advice_id, id)
);
comment on table contract.advice_message is 'by-resident, append-only: what was said in a conversation';
create index advice_message_id on contract.advice_message (id);
create index advice_message_advice on contract.advice_message (advice_id, at);
create policy parties_read on contract.advice_message for select using (
  kernel.is_system() or exists (select from contract.advice a where a.id = advice_id));
create policy parties_add on contract.advice_message for insert with check (
  kernel.is_system() or exists (select from contract.advice a where a.id = advice_id));

create table contract.advice_file (
  resident_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  advice_id uuid not null,
  hash text not null,
  media text not null,
  size int not null,
  primary key (resident_id, message_id, id)
);
comment on table contract.advice_file is 'by-resident, append-only: pictures and documents of a conversation';
create index advice_file_id on contract.advice_file (id);
create index advice_file_advice on contract.advice_file (advice_id);
create policy parties_read on contract.advice_file for select using (
  kernel.is_system() or exists (select from contract.advice a where a.id = advice_id));
create policy parties_add on contract.advice_file for insert with check (
  kernel.is_system() or exists (select from contract.advice a where a.id = advice_id));

create table contract.answer_template (
  institution_id uuid not null,
  id uuid not null,
  title text not null,
  text text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (institution_id, id)
);
comment on table contract.answer_template is 'by-institution: answers that a community often gives';
create index answer_template_id on contract.answer_template (id);
create policy own on contract.answer_template using (kernel.is_system() or institution_id = kernel.my_institution());

create table contract.hotline_call (
  institution_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  resident_id uuid,
  caller text not null,
  topic text not null,
  asked text not null,
  answered text not null,
  outcome text not null,
  practitioner_id uuid,
  noted_by text not null,
  primary key (institution_id, id)
);
comment on table contract.hotline_call is 'by-institution, append-only: calls to the health hotline 健康咨询热线, of whoever rings';
comment on column contract.hotline_call.topic is 'type: HotlineTopic from @tongmai/api/contract/hotline';
comment on column contract.hotline_call.outcome is 'type: HotlineOutcome from @tongmai/api/contract/hotline';
create index hotline_call_id on contract.hotline_call (id);
create index hotline_call_at on contract.hotline_call (institution_id, at desc);
create policy own_read on contract.hotline_call for select
  using (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_add on contract.hotline_call for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());

insert into contract.rule values
  ('adviceHours', '2020-01-01', 24, '本平台默认：工作日 24 小时内答复居民的咨询'),
  ('officeFromHour', '2020-01-01', 8, '本平台默认：8 点上班'),
  ('officeToHour', '2020-01-01', 17, '本平台默认：17 点下班');
