import Foundation
internal import CPostgres

extension Connection {
    /// Hands over messages as they arrive until the bell rings or `take` returns `false`.
    ///
    /// - Throws: ``PostgresError`` `connectionLost`.
    func listen(until bell: Bell, _ take: (ChannelMessage) -> Bool) throws(PostgresError) {
        while !bell.hasRung {
            while let found = PQnotifies(pointer) {
                defer { PQfreemem(found) }
                let message = ChannelMessage(
                    channel: String(cString: found.pointee.relname), payload: String(cString: found.pointee.extra),
                    process: found.pointee.be_pid)
                guard take(message) else { return }
            }
            var sockets = [
                pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0),
                pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&sockets, 2, 1_000) >= 0 || errno == EINTR else { continue }
            guard sockets[0].revents == 0 || PQconsumeInput(pointer) == 1, isAlive else {
                throw PostgresError(.connectionLost, message: message)
            }
        }
    }
}
