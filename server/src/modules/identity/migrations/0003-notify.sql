-- Where a program may be notified (subscriptions): addresses below these and no others.
alter table identity.client add column notify_urls text[] not null default '{}';
