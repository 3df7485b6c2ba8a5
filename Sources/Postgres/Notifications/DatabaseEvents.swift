extension Database {
    /// What NOTIFY sends through a channel.
    ///
    /// ```swift
    /// for try await event in database.events(on: "stock_changed") {
    ///     switch event {
    ///     case .listening, .gap: try await reload()
    ///     case .message(let message): try await reload(message.payload)
    ///     }
    /// }
    /// ```
    ///
    /// Each iteration has a connection and a thread of its own, beside the pool. A connection that breaks is made again
    /// with the pauses of ``DatabaseConfiguration/reconnectDelay``, and ``ChannelEvent/gap`` says so. When the elements are
    /// taken slowly, messages wait on the server. It ends when the task is cancelled or the database is closed.
    ///
    /// - Parameter channel: 1 to 63 bytes, as it is: `NOTIFY "Stock"` and `NOTIFY stock` are two channels.
    /// - Throws: from the first element ``PostgresError``, when the name is not possible or no connection could be made.
    public func events(on channel: String) -> ChannelEvents { ChannelEvents { Listening(to: channel, self) } }
}

extension Transaction {
    /// Sends a message through a channel when the transaction commits. Equal messages of one transaction arrive once.
    ///
    /// - Parameter payload: less than 8,000 bytes.
    public func notify(_ channel: String, _ payload: String = "", file: String = #fileID, line: Int = #line) throws(PostgresError) {
        try execute("SELECT pg_notify(\(channel), \(payload))", file: file, line: line)
    }
}
