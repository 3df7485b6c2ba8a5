import NIOHTTP1
import Primitives

/// What whoever runs the simulator may ask it from outside.
struct ControlDesk {
    let reception: Reception

    func answer(_ request: IncomingRequest) -> [Act] {
        switch (request.method, request.path) {
        case (.GET, "/simulator/health"): say(200, #"{"status":"ok"}"#, request)
        case (.GET, "/simulator/statement"): statement(request)
        case (.POST, "/simulator/faults"): faults(request)
        case (_, "/simulator/health"), (_, "/simulator/statement"), (_, "/simulator/faults"): say(405, "", request)
        default: say(404, "", request)
        }
    }

    private func say(_ status: Int, _ text: String, _ request: IncomingRequest) -> [Act] {
        [.send(HTTPBytes.answer(status, Array(text.utf8), keepsAlive: request.keepsAlive))]
    }

    private func statement(_ request: IncomingRequest) -> [Act] {
        let head = HTTPBytes.head(200, contentType: "application/json", length: nil, keepsAlive: request.keepsAlive)
        return [.send(head), .pour(StatementText(reception.snapshot())), .send(HTTPBytes.lastChunk)]
    }

    /// Replaces all rates.
    private func faults(_ request: IncomingRequest) -> [Act] {
        guard let body = try? JSONValue(parsing: request.body), body.kind == "object" else {
            return refuse("an object of rates by fault is wanted", request)
        }
        var rates: [SimulatorFault: Int] = [:]
        for member in body.members {
            guard let fault = SimulatorFault(rawValue: member.name) else {
                return refuse("there is no fault \(member.name.prefix(60))", request)
            }
            guard let rate = member.value.integer, (0...10_000).contains(rate) else {
                return refuse("a rate is a whole number from 0 to 10000", request)
            }
            rates[fault] = Int(rate)
        }
        reception.setFaults(rates)
        return say(200, "{}", request)
    }

    private func refuse(_ reason: String, _ request: IncomingRequest) -> [Act] {
        say(400, JSONValue.object([.init("error", .string(reason))]).text(), request)
    }
}
