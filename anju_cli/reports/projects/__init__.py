"""The project register as it is asked for."""
