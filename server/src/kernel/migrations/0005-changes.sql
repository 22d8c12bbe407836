-- What has changed of a type, the newest first: versions that were current once lie beside those that are.
create index resource_history_updated on kernel.resource_history (type, updated_at);
