namespace PyAirtable.Automation.Outbound;

/// <summary>A host has no address that may be reached. What its addresses are is not said: it would show the inside of a network.</summary>
internal sealed class AddressRefusedException(string host) : Exception($"the address of {host} is not allowed");
