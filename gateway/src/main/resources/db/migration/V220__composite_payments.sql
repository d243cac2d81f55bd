-- What a payment of points, vouchers and a coin was made of, and what its refunds gave back of each: absent of all others.
ALTER TABLE ops.movement ADD COLUMN parts jsonb;
ALTER TABLE ops.intent ADD COLUMN parts jsonb;
