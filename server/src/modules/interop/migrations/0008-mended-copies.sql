create index message_mends on interop.message (mends_id) where mends_id is not null;
