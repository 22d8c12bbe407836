-- What a resident shows at the desk instead of a card: the last code asked for, found by its keyed digest, gone in minutes.
create table resident.shown_code (
  resident_id uuid primary key,
  blind text not null,
  until timestamptz not null
);
comment on table resident.shown_code is 'by-resident: the code that a resident shows on the phone, for minutes';
create index shown_code_blind on resident.shown_code (blind);
create policy own on resident.shown_code using (kernel.is_system() or kernel.is_my_resident(resident_id));

insert into resident.rule values ('codeMinutes', '2020-01-01', 5, '本平台默认:居民二维码的有效时长(分钟)');
