-- Whole exports of some patients only, and of some elements only.
alter table interop.export add column patients text[];
alter table interop.export add column elements text[] not null default '{}';
