-- How content residents are 满意度: asked after a service, after a conversation, and once a year.
create table contract.survey (
  resident_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  community_id uuid not null,
  team_id uuid not null,
  doctor_id uuid not null,
  about text not null check (about in ('service', 'advice', 'year')),
  subject text,
  asked_on date not null,
  until date not null,
  answered_at timestamptz,
  answers jsonb,
  score int,
  comment text,
  primary key (resident_id, id),
  check ((answered_at is null) = (answers is null) and (answers is null) = (score is null))
);
comment on table contract.survey is 'by-resident: what residents were asked and answered about their team; staff see it counted, and without names';
create index survey_id on contract.survey (id);
create index survey_contract on contract.survey (contract_id, asked_on);
create index survey_community on contract.survey (community_id, asked_on);
create policy own_only on contract.survey using (kernel.is_system() or kernel.is_my_resident(resident_id));

insert into contract.rule values
  ('surveyEveryDays', '2020-01-01', 30, '本平台默认:同一协议 30 天内最多问一次服务满意度;待当地确认'),
  ('surveyYearDays', '2020-01-01', 330, '本平台默认:签约满 330 天起每年问一次;待当地确认'),
  ('surveyOpenDays', '2020-01-01', 30, '本平台默认:问卷 30 天内可答;待当地确认'),
  ('surveyLeast', '2020-01-01', 5, '本平台默认:少于 5 份答卷不显示得分和内容、不计入结算,保护答卷人;待当地确认'),
  ('satisfiedFrom', '2020-01-01', 80, '本平台默认:满分 100,80 分及以上为满意;来源资料只给"问卷",未给判定线,待当地确认');
