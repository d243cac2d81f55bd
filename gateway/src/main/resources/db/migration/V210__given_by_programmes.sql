-- What a programme had to do with a movement, as JSON: {"programme", "bonus"?, "price"?: {"amount", "asset"}}.
ALTER TABLE ops.movement ADD COLUMN given text;

-- What a programme adds to a charge.
ALTER TABLE ops.charge ADD COLUMN bonus_programme text;
ALTER TABLE ops.charge ADD COLUMN bonus_amount bigint CHECK (bonus_amount > 0);
ALTER TABLE ops.charge ADD CHECK ((bonus_programme IS NULL) = (bonus_amount IS NULL));
