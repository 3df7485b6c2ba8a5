/// One message of NOTIFY.
public struct ChannelMessage: Sendable, Hashable {
    public let channel: String
    public let payload: String
    /// The server process that sent it.
    public let process: Int32
}

/// What a channel brings.
public enum ChannelEvent: Sendable, Hashable {
    /// Listening has begun: messages sent from now on arrive.
    case listening
    /// The connection was lost, and listening has begun again: messages sent in between did not arrive. Look at the tables.
    case gap
    case message(ChannelMessage)
}

/// What comes through one channel, as ``Database/events(on:)`` lends it.
public struct ChannelEvents: AsyncSequence, Sendable {
    public typealias Element = ChannelEvent

    let start: @Sendable () -> Listening

    public struct AsyncIterator: AsyncIteratorProtocol {
        let listening: Listening

        public mutating func next() async throws -> ChannelEvent? { try await listening.next() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(listening: start()) }
}
