create table careplan.stray_message (
  -- Of the device its topic names; all zeros where no device, or more than one, has that serial number.
  institution_id uuid not null,
  id uuid not null,
  received_at timestamptz not null,
  topic text not null,
  problem text not null,
  size int not null,
  -- The bytes as they came, base64, sealed: they hold tokens and what was measured.
  raw_sealed text not null,
  primary key (institution_id, id)
);
comment on table careplan.stray_message is 'by-institution: messages of devices that could not be taken, as they came';
create index stray_message_id on careplan.stray_message (id);
create index stray_message_at on careplan.stray_message (institution_id, received_at desc);
create policy own on careplan.stray_message using (
  kernel.is_system() or institution_id = kernel.my_institution());

insert into careplan.rule values
  ('strayDays', '2020-01-01', 90, '本平台默认:未能识别的设备消息保留 90 天');
