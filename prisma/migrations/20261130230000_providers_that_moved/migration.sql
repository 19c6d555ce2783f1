-- When the address of a provider account was changed last: what it was asked before, whoever answers there now knows nothing of.
ALTER TABLE "provider_accounts" ADD COLUMN "moved_at" TIMESTAMPTZ(6);
