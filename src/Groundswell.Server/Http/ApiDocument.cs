using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Groundswell.Server.Http;

/// <summary>What the OpenAPI document says beyond what it finds in the endpoints.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Groundswell",
                Version = "v1",
                Description = "Decides what a short-video viewer sees next, and which uploads reach an audience. Names are snake_case, times are ISO 8601 in UTC, "
                    + "errors are RFC 9457 problem details. A device sends its token as X-Device-Token, an account its token as bearer; pages use cookies with X-CSRF-Token.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // To the describer a parameter that parses itself is just text; its own type is with its descriptor.
            var type = context.ParameterDescription?.ParameterDescriptor.ParameterType ?? context.JsonTypeInfo.Type;
            if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(Region))
            {
                (schema.Type, schema.Pattern, schema.Examples) = (JsonSchemaType.String, "^[A-Z]{2}$", [JsonValue.Create("DE")]);
                return Task.CompletedTask;
            }
            if (PrefixOf(type) is not { } prefix) return Task.CompletedTask;
            schema.Type = JsonSchemaType.String;
            schema.Pattern = $"^{prefix}[0-9a-hjkmnp-tv-z]{{13}}$";
            schema.Examples = [JsonValue.Create($"{prefix}0000000000001")];
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Describes a body that the endpoint reads by itself. Unlike <c>Accepts</c> it takes no part in routing, so that a wrong
    /// media type reaches the endpoint and its 415, not the page for wrong addresses.
    /// </summary>
    public static RouteHandlerBuilder Reads<TBody>(this RouteHandlerBuilder endpoint, params string[] mediaTypes) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = mediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        });

    private static string? PrefixOf(Type type)
    {
        var id = Nullable.GetUnderlyingType(type) ?? type;
        return id == typeof(VideoId) ? VideoId.Prefix
            : id == typeof(ViewerId) ? ViewerId.Prefix
            : id == typeof(CreatorId) ? CreatorId.Prefix
            : id == typeof(RequestId) ? RequestId.Prefix
            : id == typeof(ChallengeId) ? ChallengeId.Prefix
            : id == typeof(BoostId) ? BoostId.Prefix
            : id == typeof(ExperimentId) ? ExperimentId.Prefix
            : null;
    }
}
