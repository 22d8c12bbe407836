create table record.rule (
  code text not null,
  since date not null,
  value int not null,
  source text not null,
  primary key (code, since)
);
comment on table record.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on record.rule for select using (true);
create policy system_writes on record.rule using (kernel.is_system());
insert into record.rule values ('encounterDays', '2020-01-01', 90, '本平台默认');
