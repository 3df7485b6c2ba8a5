/// How SM4 goes from one block to the next.
///
/// Source: GB/T 17964-2021.
public enum SM4Mode: Sendable, Equatable {
    /// Each block by itself: equal blocks stay equal, and nothing tells when blocks are exchanged. Only for interfaces that
    /// ask for it.
    case ecb
    /// Each block mixed with the one before; the first with a vector of 16 bytes that is new for each message.
    case cbc(initialisationVector: [UInt8])
}

/// What is done about a last block that is not full.
public enum SM4Padding: Sendable, Equatable {
    /// 1 to 16 bytes are added, each of which tells how many.
    case pkcs7
    /// Nothing: the plaintext must be whole blocks.
    case none
}
