internal import CPostgres

/// Asks the server to stop what a connection is doing.
///
/// `@unchecked Sendable`: libpq documents `PQcancel` as safe on any thread, and the pointer never changes.
final class Canceller: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQfreeCancel(pointer) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(pointer, &message, 256)
    }
}
