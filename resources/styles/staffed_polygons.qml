<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" labelsEnabled="1" maxScale="0" minScale="100000000" readOnly="0" simplifyAlgorithm="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyLocal="1" simplifyMaxScale="1" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" symbologyReferenceScale="-1" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <renderer-v2 enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="singleSymbol">
  <symbols>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="fill">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="align_dash_pattern" type="QString" value="0" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="customdash" type="QString" value="5;2" />
      <Option name="customdash_unit" type="QString" value="MM" />
      <Option name="dash_pattern_offset" type="QString" value="0" />
      <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
      <Option name="draw_inside_polygon" type="QString" value="1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="line_color" type="QString" value="119,170,221,204" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width" type="QString" value="4" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="ring_filter" type="QString" value="0" />
      <Option name="trim_distance_end" type="QString" value="0" />
      <Option name="trim_distance_end_unit" type="QString" value="MM" />
      <Option name="trim_distance_start" type="QString" value="0" />
      <Option name="trim_distance_start_unit" type="QString" value="MM" />
      <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
      <Option name="use_custom_dash" type="QString" value="0" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="array_get(array('119,170,221,204','238,136,102,204','153,221,255,204','187,204,51,204','255,170,187,204','68,187,153,204','170,170,0,204','238,221,136,204','221,221,221,204'), (&quot;polygon_id&quot; - 1) % 9)" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
  <rotation />
  <sizescale />
 </renderer-v2>
 <labeling type="rule-based">
  <rules key="polygons">
   <rule description="Name and persons" key="figures" scalemaxdenom="4500000">
    <settings calloutType="simple">
     <text-style allowHtml="0" blendMode="0" capitalization="0" fieldName="&quot;polygon&quot; || '\n' || CASE WHEN &quot;staff_low&quot; &gt; 0 THEN format_number(round(&quot;staff_low&quot;, 1 - floor(log10(&quot;staff_low&quot;))), 0) ELSE '0' END || '–' || CASE WHEN &quot;staff_high&quot; &gt; 0 THEN format_number(round(&quot;staff_high&quot;, 1 - floor(log10(&quot;staff_high&quot;))), 0) ELSE '0' END || ' staff'" fontFamily="Open Sans" fontItalic="0" fontKerning="1" fontLetterSpacing="0" fontSize="8" fontSizeMapUnitScale="3x:0,0,0,0,0,0" fontSizeUnit="Point" fontStrikeout="0" fontUnderline="0" fontWeight="50" fontWordSpacing="0" isExpression="1" legendString="Aa" multilineHeight="1" namedStyle="Regular" previewBkgrdColor="255,255,255,255" textColor="26,26,26,255" textOpacity="1" textOrientation="horizontal" useSubstitutions="0">
      <families>
       <family name="Open Sans" />
       <family name="Noto Sans" />
       <family name="DejaVu Sans" />
       <family name="Arial" />
       <family name="Helvetica" />
      </families>
      <text-buffer bufferBlendMode="0" bufferColor="255,255,255,255" bufferDraw="1" bufferJoinStyle="128" bufferNoFill="1" bufferOpacity="1" bufferSize="1" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferSizeUnits="MM" />
      <substitutions />
     </text-style>
     <text-format addDirectionSymbol="0" autoWrapLength="0" decimals="3" formatNumbers="0" leftDirectionSymbol="&lt;" multilineAlign="1" placeDirectionSymbol="0" plussign="0" reverseDirectionSymbol="0" rightDirectionSymbol="&gt;" useMaxLineLengthForAutoWrap="1" wrapChar="" />
     <placement centroidInside="0" centroidWhole="0" dist="0" distMapUnitScale="3x:0,0,0,0,0,0" distUnits="MM" fitInPolygonOnly="0" geometryGenerator="coalesce(pole_of_inaccessibility(intersection($geometry, buffer(centroid($geometry), 0.55 * sqrt(area($geometry)))), 0.01), pole_of_inaccessibility($geometry, 0.01))" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" layerType="UnknownGeometry" lineAnchorClipping="0" lineAnchorPercent="0.5" lineAnchorType="0" maxCurvedCharAngleIn="25" maxCurvedCharAngleOut="-25" offsetType="0" offsetUnits="MM" overrunDistance="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistanceUnit="MM" placement="1" placementFlags="10" polygonPlacementFlags="2" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" preserveRotation="1" priority="8" quadOffset="4" repeatDistance="0" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" repeatDistanceUnits="MM" rotationAngle="0" rotationUnit="AngleDegrees" xOffset="0" yOffset="0" />
     <rendering displayAll="0" drawLabels="1" fontLimitPixelSize="0" fontMaxPixelSize="10000" fontMinPixelSize="0" labelPerPart="0" limitNumLabels="0" maxNumLabels="2000" mergeLines="0" minFeatureSize="0" obstacle="0" obstacleFactor="1" obstacleType="1" scaleMax="0" scaleMin="0" scaleVisibility="0" unplacedVisibility="0" upsidedownLabels="0" zIndex="0" />
    </settings>
   </rule>
  </rules>
 </labeling>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="staffed_polygons" />
  </Option>
 </customproperties>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <fieldConfiguration>
  <field configurationFlags="None" name="polygon_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="polygon">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="line_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posts">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="patrols_day">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_posts">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_patrols">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_crossings">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_reserve">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_unit">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_support">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_100km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="population">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="crossings">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="road_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_1000_inh">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="polygon_id" index="0" name="Polygon" />
  <alias field="polygon" index="1" name="Name" />
  <alias field="line_km" index="2" name="Contact line (km)" />
  <alias field="area_km2" index="3" name="Area (km²)" />
  <alias field="posts" index="4" name="Posts" />
  <alias field="patrols_day" index="5" name="Patrols per day" />
  <alias field="staff_low" index="6" name="Persons, low" />
  <alias field="staff_central" index="7" name="Persons, central" />
  <alias field="staff_high" index="8" name="Persons, high" />
  <alias field="staff_posts" index="9" name="Persons for posts" />
  <alias field="staff_patrols" index="10" name="Persons for patrols" />
  <alias field="staff_crossings" index="11" name="Persons for crossings" />
  <alias field="staff_reserve" index="12" name="Persons in reserve" />
  <alias field="staff_unit" index="13" name="Persons for unit tasks" />
  <alias field="staff_support" index="14" name="Persons for support" />
  <alias field="per_km" index="15" name="Persons per km" />
  <alias field="per_100km2" index="16" name="Persons per 100 km²" />
  <alias field="population" index="17" name="Inhabitants" />
  <alias field="crossings" index="18" name="Crossings" />
  <alias field="road_km" index="19" name="Roads (km)" />
  <alias field="per_1000_inh" index="20" name="Persons per 1,000 inhabitants" />
  <alias field="posture" index="21" name="Posture" />
  <alias field="statement" index="22" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="polygon_id" />
  <default applyOnUpdate="0" expression="" field="polygon" />
  <default applyOnUpdate="0" expression="" field="line_km" />
  <default applyOnUpdate="0" expression="" field="area_km2" />
  <default applyOnUpdate="0" expression="" field="posts" />
  <default applyOnUpdate="0" expression="" field="patrols_day" />
  <default applyOnUpdate="0" expression="" field="staff_low" />
  <default applyOnUpdate="0" expression="" field="staff_central" />
  <default applyOnUpdate="0" expression="" field="staff_high" />
  <default applyOnUpdate="0" expression="" field="staff_posts" />
  <default applyOnUpdate="0" expression="" field="staff_patrols" />
  <default applyOnUpdate="0" expression="" field="staff_crossings" />
  <default applyOnUpdate="0" expression="" field="staff_reserve" />
  <default applyOnUpdate="0" expression="" field="staff_unit" />
  <default applyOnUpdate="0" expression="" field="staff_support" />
  <default applyOnUpdate="0" expression="" field="per_km" />
  <default applyOnUpdate="0" expression="" field="per_100km2" />
  <default applyOnUpdate="0" expression="" field="population" />
  <default applyOnUpdate="0" expression="" field="crossings" />
  <default applyOnUpdate="0" expression="" field="road_km" />
  <default applyOnUpdate="0" expression="" field="per_1000_inh" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="polygon_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="polygon" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="line_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posts" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="patrols_day" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_posts" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_patrols" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_crossings" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_reserve" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_unit" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_support" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_100km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="population" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="crossings" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="road_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_1000_inh" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="polygon_id" />
  <constraint desc="" exp="" field="polygon" />
  <constraint desc="" exp="" field="line_km" />
  <constraint desc="" exp="" field="area_km2" />
  <constraint desc="" exp="" field="posts" />
  <constraint desc="" exp="" field="patrols_day" />
  <constraint desc="" exp="" field="staff_low" />
  <constraint desc="" exp="" field="staff_central" />
  <constraint desc="" exp="" field="staff_high" />
  <constraint desc="" exp="" field="staff_posts" />
  <constraint desc="" exp="" field="staff_patrols" />
  <constraint desc="" exp="" field="staff_crossings" />
  <constraint desc="" exp="" field="staff_reserve" />
  <constraint desc="" exp="" field="staff_unit" />
  <constraint desc="" exp="" field="staff_support" />
  <constraint desc="" exp="" field="per_km" />
  <constraint desc="" exp="" field="per_100km2" />
  <constraint desc="" exp="" field="population" />
  <constraint desc="" exp="" field="crossings" />
  <constraint desc="" exp="" field="road_km" />
  <constraint desc="" exp="" field="per_1000_inh" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="area_km2" />
  <field editable="0" name="crossings" />
  <field editable="0" name="line_km" />
  <field editable="0" name="patrols_day" />
  <field editable="0" name="per_1000_inh" />
  <field editable="0" name="per_100km2" />
  <field editable="0" name="per_km" />
  <field editable="0" name="polygon" />
  <field editable="0" name="polygon_id" />
  <field editable="0" name="population" />
  <field editable="0" name="posts" />
  <field editable="0" name="posture" />
  <field editable="0" name="road_km" />
  <field editable="0" name="staff_central" />
  <field editable="0" name="staff_crossings" />
  <field editable="0" name="staff_high" />
  <field editable="0" name="staff_low" />
  <field editable="0" name="staff_patrols" />
  <field editable="0" name="staff_posts" />
  <field editable="0" name="staff_reserve" />
  <field editable="0" name="staff_support" />
  <field editable="0" name="staff_unit" />
  <field editable="0" name="statement" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"polygon"</previewExpression>
 <mapTip>&lt;b&gt;[% replace("polygon", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("area_km2", 0) %] km²&lt;br&gt;about [% CASE WHEN "staff_central" &gt; 0 THEN format_number(round("staff_central", 1 - floor(log10("staff_central"))), 0) ELSE '0' END %] staff ([% CASE WHEN "staff_low" &gt; 0 THEN format_number(round("staff_low", 1 - floor(log10("staff_low"))), 0) ELSE '0' END || '–' || CASE WHEN "staff_high" &gt; 0 THEN format_number(round("staff_high", 1 - floor(log10("staff_high"))), 0) ELSE '0' END %])</mapTip>
 <layerGeometryType>2</layerGeometryType>
</qgis>
