import Primitives

/// The endpoints in the words of OpenAPI 3.1: Chinese titles, English descriptions.
struct OpenAPIDocument: Sendable {
    let table: EndpointTable
    let version: String

    var json: JSONValue {
        let paths = Dictionary(grouping: table.operations) { $0.endpoint.path.description }
        let schemas = table.components.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.json) }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "联药", "version": .string(version),
                "description": """
                    Lianyao: the medicines of a medical consortium. Quantities are whole base units, money is yuan as decimal \
                    text, days are Asia/Shanghai.
                    """,
            ],
            "servers": [["url": .string(EndpointTable.root)]],
            "tags": .array(table.tags.map { ["name": .string($0.chinese), "description": .string($0.english)] }),
            "paths": .object(
                paths.sorted { $0.key < $1.key }.map { path, operations in
                    let methods = operations.map { ($0.endpoint.method.rawValue.lowercased(), operation($0)) }
                    return JSONValue.Member(path, .object(methods.map { .init($0, $1) }))
                }),
            "components": [
                "schemas": .object([.init("Problem", Problem.schema.json)] + schemas),
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
            ],
        ]
    }

    private func operation(_ operation: EndpointTable.Operation) -> JSONValue {
        let endpoint = operation.endpoint
        var members: [JSONValue.Member] = [
            .init("operationId", .string(endpoint.operationID)),
            .init("tags", [.string(endpoint.tag.chinese)]),
            .init("summary", .string(endpoint.summary.chinese)),
            .init("description", .string(description(of: endpoint))),
            .init("parameters", .array(parameters(of: endpoint))),
        ]
        if let body = operation.body {
            members.append(
                .init("requestBody", ["required": true, "content": ["application/json": ["schema": body.json]]]))
        }
        members.append(.init("responses", .object(responses(of: operation))))
        members.append(.init("security", endpoint.isOpen ? [] : [["bearer": []]]))
        if !endpoint.roles.isEmpty { members.append(.init("x-roles", .array(Self.sorted(endpoint.roles).map(JSONValue.string)))) }
        return .object(members)
    }

    private func description(of endpoint: Endpoint) -> String {
        let roles = Self.sorted(endpoint.roles).joined(separator: ", ")
        let who = roles.isEmpty ? "For everybody who has signed in." : "For: \(roles)."
        return "\(endpoint.summary.english). \(endpoint.isOpen ? "Without signing in." : who)"
    }

    static func sorted(_ roles: Set<Role>) -> [String] { roles.map(\.rawValue).sorted() }

    private func parameters(of endpoint: Endpoint) -> [JSONValue] {
        let path = endpoint.path.parameters.map { name, kind -> JSONValue in
            ["name": .string(name), "in": "path", "required": true, "schema": kind.schema.json]
        }
        let query = endpoint.query.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
                "schema": parameter.schema.json,
                "description": .string("\(parameter.meaning.chinese) \(parameter.meaning.english)"),
            ]
        }
        let header: JSONValue = [
            "name": "Request-Id", "in": "header", "required": true, "schema": PathTemplate.ParameterKind.uuid.schema.json,
            "description": "由调用方选定，重复发送只执行一次。Chosen by the caller; a repeated request is done once and answered the same.",
        ]
        return path + query + (endpoint.isCommand ? [header] : [])
    }

    private func responses(of operation: EndpointTable.Operation) -> [JSONValue.Member] {
        let endpoint = operation.endpoint
        var success: [JSONValue.Member] = [
            .init("description", .string(endpoint.summary.english)),
            .init("content", .object([.init(endpoint.answerMediaType, ["schema": operation.answer.json])])),
        ]
        if endpoint.isCommand {
            let replay: JSONValue = [
                "schema": ["type": "string", "enum": ["true"]], "description": "The answer of an earlier request.",
            ]
            success.append(.init("headers", ["Idempotent-Replay": replay]))
        }
        let problems = Dictionary(grouping: operation.refusals, by: \.httpStatus).sorted { $0.key < $1.key }
        return [.init(String(endpoint.successStatus), .object(success))]
            + problems.map { status, codes in
                let lines = codes.map { "`\($0.rawValue)` \($0.meaning.chinese) \($0.meaning.english)" }
                let schema: JSONValue = [
                    "allOf": [
                        ["$ref": "#/components/schemas/Problem"],
                        ["properties": ["code": ["enum": .array(codes.map { .string($0.rawValue) })]]],
                    ]
                ]
                return .init(
                    String(status),
                    [
                        "description": .string(lines.joined(separator: "\n\n")),
                        "content": ["application/problem+json": ["schema": schema]],
                    ])
            }
    }
}

extension PathTemplate.ParameterKind {
    var schema: JSONSchema {
        switch self {
        case .text: .string()
        case .number: Int64.wireSchema
        case .uuid: DocumentID<Never>.wireSchema
        }
    }
}
