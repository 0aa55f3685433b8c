-- What the citizen opens to pay, by whichever channel: given by the gateway when the order is opened.
ALTER TABLE attempts ADD COLUMN pay_url TEXT;
ALTER TABLE attempts ADD COLUMN qr TEXT;
