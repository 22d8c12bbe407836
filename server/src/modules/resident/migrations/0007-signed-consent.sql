-- The words that are signed, by purpose; a new wording is a new version, and what was signed keeps its own.
create table resident.consent_text (
  purpose text not null check (purpose in ('treatment', 'consultation', 'insurance', 'research', 'other')),
  version int not null,
  since date not null,
  words text not null,
  source text not null,
  primary key (purpose, version)
);
comment on table resident.consent_text is 'reference: wordings of consents, effective-dated; {signer} {resident} {institution} {scope} {period} are filled in';
comment on column resident.consent_text.purpose is 'type: ConsentPurpose from @tongmai/api/resident/consent';
create policy all_read on resident.consent_text for select using (true);
create policy system_writes on resident.consent_text using (kernel.is_system());

insert into resident.consent_text values
  ('treatment', 1, '2020-01-01', '本人{signer}同意{institution}为诊疗目的查看{resident}的健康档案，范围：{scope}；期限：{period}。本人已被告知：查看的目的、方式和范围如上；可以随时撤回，撤回后对方立即不能再凭此授权查看，撤回前已经发生的查看不受影响；每次查看都有记录，可在手机上查阅并提出异议；不同意或撤回不影响正常就诊。', '本平台文本；个人信息保护法 第十四、十五、十七、二十九条'),
  ('consultation', 1, '2020-01-01', '本人{signer}同意{institution}的会诊专家为会诊目的查看{resident}的健康档案，范围：{scope}；期限：{period}。本人已被告知：查看仅用于出具会诊意见；可以随时撤回，撤回后对方立即不能再凭此授权查看；每次查看都有记录，可在手机上查阅并提出异议；不同意或撤回不影响正常就诊。', '本平台文本；个人信息保护法 第十四、十五、十七、二十九条'),
  ('insurance', 1, '2020-01-01', '本人{signer}同意{institution}为办理医疗保险或商业保险理赔查看{resident}的健康档案，范围：{scope}；期限：{period}。本人已被告知：查看仅限与本次办理有关的内容；可以随时撤回，撤回后对方立即不能再凭此授权查看，但可能因此无法继续办理；每次查看都有记录，可在手机上查阅并提出异议。', '本平台文本；个人信息保护法 第十四、十五、十七、二十九条'),
  ('research', 1, '2020-01-01', '本人{signer}同意{institution}为医学研究查看{resident}的健康档案，范围：{scope}；期限：{period}。本人已被告知：参加与否完全自愿，不同意或撤回不影响诊疗；研究须经伦理审查，发表的结果不会让人认出本人；可以随时撤回，撤回后对方立即不能再凭此授权查看；每次查看都有记录，可在手机上查阅并提出异议。', '本平台文本；个人信息保护法 第十四、十五、十七、二十九条'),
  ('other', 1, '2020-01-01', '本人{signer}同意{institution}查看{resident}的健康档案，范围：{scope}；期限：{period}。本人已被告知：查看的目的由工作人员当面说明；可以随时撤回，撤回后对方立即不能再凭此授权查看；每次查看都有记录，可在手机上查阅并提出异议；不同意或撤回不影响正常就诊。', '本平台文本；个人信息保护法 第十四、十五、十七、二十九条');

-- Who signed: the resident, or who stood for them then; nobody is named in what was given before this.
alter table resident.consent
  add column text_version int,
  add column signer_id uuid,
  add column signer_name text,
  add column file_media text;

insert into resident.rule values
  ('consentAge', '2021-11-01', 14, '个人信息保护法 第三十一条:不满十四周岁由父母或者其他监护人同意');
