-- What each indicator counts; a definition that changes gets a row with another day.
create table contract.indicator (
  code text not null,
  since date not null,
  have text not null,
  should text not null,
  note text not null,
  source text not null,
  primary key (code, since)
);
comment on table contract.indicator is 'reference: the definitions of the indicators of contracts, by date, with their source';
comment on column contract.indicator.code is 'type: IndicatorCode from @tongmai/api/contract/indicator';
create policy all_read on contract.indicator for select using (true);
create policy system_writes on contract.indicator using (kernel.is_system());
insert into contract.indicator (code, since, have, should, note, source) values
  ('coverage', '2020-01-01', '期末有效协议的居民（每人计一次）', '辖区常住人口',
    '常住人口由本机构填报并注明出处；没填报就是未知。只认有效协议，不把孕产、儿童保健手册算成签约', '市级分级诊疗指标口径（放宽部分不采用）'),
  ('registered', '2020-01-01', '其中期末有协议的居民', '在本机构建档的居民',
    '已去世、迁出的不计。是常住人口口径的内部替代，不用于上报', '本平台设计'),
  ('keyGroup', '2020-01-01', '其中期末有协议的居民', '在本机构建档或签约、属于任一重点人群的居民（去重）',
    '分母是重点人群，不是签约总人数；按年龄、诊断识别，只看本机构有权查看的档案', '市级分级诊疗指标口径'),
  ('paid', '2020-01-01', '其中含个人或商保付费的协议', '期末有效协议', '', '签约统计表头（公开）'),
  ('renewal', '2020-01-01', '其中已续签的协议', '期内到期的协议（提前解约、终止的不计）', '分母用到期数，不用上年度签约数', '本平台设计'),
  ('fulfilment', '2020-01-01', '其中已完成的服务', '期内到期应完成的服务（居民拒绝的不计）', '到昨天为止，按周期折算', '本平台设计'),
  ('primaryVisit', '2020-01-01', '其中在基层机构的就诊', '签约居民签约期间的就诊', '以记录就诊的机构为就诊机构；没有接入的机构看不到', '通行口径'),
  ('inCombination', '2020-01-01', '其中在签约社区和所选医院的就诊', '签约居民签约期间的就诊', '', '上海 1+1+1 统计思路'),
  ('firstContact', '2020-01-01', '其中在签约社区的首诊', '签约居民签约期间的首诊',
    '前 30 天没有其他就诊的一次算首诊；急诊不计。间隔天数是本平台默认', '通行口径；间隔为本平台默认'),
  ('referred', '2020-01-01', '其中经签约社区转诊到该院的就诊', '签约居民在二、三级医院的就诊',
    '到诊前后 3 天内、同一家医院的转诊算同一次', '通行口径；天数为本平台默认'),
  ('control', '2020-01-01', '其中最近一次随访达标的', '期内在管的慢病管理登记（一人多病按病计）', '期内没有随访的按未达标计', '国家基本公共卫生服务规范（第三版）'),
  ('satisfaction', '2020-01-01', '其中满意的居民', '答了满意度问卷的居民', '没有问卷就是未知', '通行口径');

create table contract.population (
  institution_id uuid not null,
  id uuid not null,
  people int not null check (people > 0),
  as_of date not null,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (institution_id, id)
);
comment on table contract.population is 'by-institution, append-only: how many people live in the area of a community, as of a day, with the source';
create index population_id on contract.population (id);
create index population_as_of on contract.population (institution_id, as_of desc, recorded_at desc);
create policy all_read on contract.population for select using (kernel.is_system() or kernel.my_institution() is not null);
create policy own_add on contract.population for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());

insert into contract.rule values
  ('firstContactDays', '2020-01-01', 30, '本平台默认：前 30 天没有其他就诊的一次算首诊'),
  ('referredDays', '2020-01-01', 3, '本平台默认：到诊前后 3 天内、同一家医院的就诊算经转诊');
