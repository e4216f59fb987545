"""Returns as they are received: matched with what is recorded, booked whole or not at all."""
